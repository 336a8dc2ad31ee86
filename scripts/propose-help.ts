/** What `npm run propose -- --help` prints: each option of both forms. */
export const proposeHelp = `Propose des territoires : chacun d’un seul tenant, dans la fourchette, avec le plus de soins dedans.

Pour les communes de la base (lancement gardé, comme depuis la page) :
  npm run propose -- [options]
  --department 45,41        départements à diviser (sinon tout ce qui est chargé)
  --uncovered               seulement ce qui n’est dans aucune CPTS reconnue
  --floor N --ceiling N     fourchette, habitants (30000 et 100000)
  --k N                     nombre de territoires (sinon libre)
  --border, --epci, --target-weight, --poles P
                            poids de 0 à 10 : compacité (0,05), EPCI entiers, cible, pôles séparés
  --target N                habitants visés par territoire (sinon le milieu de la fourchette)
  --walls none|department|region
                            limites que rien ne franchit
  --keep-cpts --whole-epci  garde les CPTS reconnues telles quelles ; les EPCI entiers
  --together, --apart 45001+45002,41001+41002
                            communes qui restent ensemble ; paires à séparer
  --dataset N --pole-run N  jeu de flux, analyse des pôles (sinon ceux par défaut)
  --specialty S --weights cardiologie:2,orl:0 --masked 0|5|10
                            ce qui compte dans les flux, et l’effectif supposé des flux masqués
  --effort quick|normal|thorough
                            environ 1, 5 ou 30 s pour une région
  --seed N                  graine : la même donne le même découpage
  --bound                   prouve ensuite combien de mieux est possible au plus
  --region, --home, --data  comme pour les autres commandes

Pour un fichier (rien n’est gardé dans la base) :
  npm run propose -- --instance FICHIER.json --out etiquettes.txt [options]
  --seconds S               durée à laquelle équivalent les essais (10)
  --unhurried               fait tous les essais, quoi qu’ils durent
  --k, --seed, --border, --epci, --target, --target-weight, --bound
                            comme ci-dessus`;
