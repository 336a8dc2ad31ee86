import { stepLabels } from '../life/step-labels.ts';

/** Every kind of change that the trace knows, as the journal calls it. */
export const verbLabels = {
  ...stepLabels,
  create: 'Créer la CPTS',
  change_territory: 'Changer le territoire',
  restore_version: 'Rétablir une version',
  propose_version: 'Proposer une version',
  agree_version: 'Donner son accord à une version',
  accept_version: 'Mettre une version en vigueur',
  refuse_version: 'Refuser une version',
  withdraw_version: 'Retirer une version proposée',
  undo_adoption: 'Annuler une adoption',
  share: 'Créer un lien de partage',
  revoke_link: 'Retirer un lien de partage',
  comment: 'Laisser un avis',
  answer_comment: 'Répondre à un avis',
  close_comment: 'Clore un avis',
  reopen_comment: 'Rouvrir un avis',
  divide: 'Diviser une commune',
  cut: 'Découper une commune',
  merge: 'Réunir des parties de commune',
  undivide: 'Retirer les subdivisions',
  load_region: 'Charger les communes',
  replace_supply: 'Remplacer l’offre de soins',
  import_flows: 'Importer des flux',
  model_flows: 'Modéliser des flux',
  remove_flows: 'Supprimer un jeu de flux',
  analyse_poles: 'Rechercher les pôles',
  start_run: 'Lancer un calcul',
  end_run: 'Terminer un calcul',
  cancel_run: 'Arrêter un calcul',
  remove_run: 'Supprimer une proposition',
  prove_bound: 'Prouver une borne',
  create_account: 'Créer un compte',
  change_account: 'Changer un compte',
  invite_account: 'Inviter de nouveau',
  set_password: 'Choisir un mot de passe',
  change_password: 'Changer de mot de passe',
  link_provider: 'Relier un compte au fournisseur d’identité',
  sign_in: 'Se connecter',
  sign_out: 'Se déconnecter',
  try_role: 'Essayer un rôle',
} as const;

/** A kind of change. */
export type EventVerb = keyof typeof verbLabels;

/** Steps in the life of a CPTS, which are events of the same name. */
export const stepVerbs = Object.keys(stepLabels) as (keyof typeof stepLabels)[];

export const eventVerbs = Object.keys(verbLabels) as EventVerb[];

/** Signs what the program does by itself: at its start, or where it undoes what failed. */
export const PROGRAM = 'Maillage';

/** Signs what is done from the command line. */
export const COMMAND_LINE = 'ligne de commande';
