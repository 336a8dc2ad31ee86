import { ministryBand } from '../../../server/core/indicators/band.ts';
import { formatCount } from '../french/numbers.ts';
import { tools } from '../state/drawing/tools.ts';
import { toolNames } from '../workspaces/draw/tool-names.ts';
import { Dialog } from './dialog.tsx';

const shortcuts: [string, string][] = [
  ['/', 'chercher une commune'],
  ['1, 2, 3', 'Analyser, Dessiner, Contrôler'],
  ['T', 'ouvrir ou fermer le tableau'],
  ['C', 'comparer deux cartes de pôles, ou quitter la comparaison'],
  ['Ctrl + P', 'imprimer la carte (Analyser)'],
  ['Échap', 'ne plus rien sélectionner'],
  ['?', 'cette aide'],
  ['↑ ↓ Entrée', 'dans un tableau\u00a0: parcourir, sélectionner'],
  ['+ − et flèches', 'sur la carte\u00a0: zoomer, déplacer'],
];

const drawing: [string, string][] = [
  ...tools.map((tool): [string, string] => {
    const { key, label, does } = toolNames[tool];
    return [key, `${label}\u00a0: ${does}`];
  }),
  ['I', 'prendre des communes, ou des intercommunalités entières'],
  ['X', 'rectangle et lasso\u00a0: ajouter ou retirer (Alt tenue\u00a0: l’inverse)'],
  ['Espace tenue', 'déplacer la carte, même en plein geste'],
  ['Échap', 'abandonner le geste en cours'],
  ['/ nom, Entrée, Entrée', 'trouver une commune, puis l’ajouter ou la retirer'],
  ['A', 'ajouter ou retirer la commune sélectionnée'],
  ['K', 'verrouiller ou déverrouiller la commune sélectionnée'],
  ['Ctrl + Z, Ctrl + Maj + Z', 'annuler, rétablir un geste'],
];

export function Help() {
  return (
    <Dialog name="help" title="Maillage">
      <p>
        Maillage aide à couvrir une région de CPTS, chaque commune une seule fois&nbsp;: on y lit où
        les habitants se font soigner (Analyser), on y trace le territoire d’un projet (Dessiner),
        on y vérifie que deux CPTS reconnues ne tiennent pas la même commune (Contrôler).
      </p>
      <h3>Mots</h3>
      <dl class="glossary">
        <dt>Pôle d’attraction principal</dt>
        <dd>la commune où va la plus grande part des patients d’une commune.</dd>
        <dt>Taux d’attraction</dt>
        <dd>cette part.</dd>
        <dt>Indice de localisation (LI)</dt>
        <dd>part des soins des habitants d’un territoire reçus dans ce territoire.</dd>
        <dt>Indice de part de marché (MSI)</dt>
        <dd>part de ces habitants dans les soins donnés sur ce territoire.</dd>
        <dt>Pôle fragile</dt>
        <dd>
          dans un extrait, les effectifs de 1 à 10 sont masqués&nbsp;: le pôle d’une commune est
          fragile quand certaines de ces valeurs lui en donneraient un autre.
        </dd>
        <dt>Fourchette</dt>
        <dd>
          {formatCount(ministryBand.floor)} à {formatCount(ministryBand.ceiling)} habitants&nbsp;:
          une orientation du ministère, pas une obligation.
        </dd>
      </dl>
      <h3>Raccourcis</h3>
      <Keys list={shortcuts} />
      <h3>Raccourcis de Dessiner</h3>
      <Keys list={drawing} />
    </Dialog>
  );
}

function Keys({ list }: { list: readonly (readonly [string, string])[] }) {
  return (
    <dl class="shortcuts">
      {list.map(([keys, what]) => (
        <div key={keys}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
