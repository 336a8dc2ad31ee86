import type { Tool } from '../../state/drawing/tools.ts';

/** What each tool is called, its key, and what it does. */
export const toolNames: Record<Tool, { label: string; key: string; does: string }> = {
  click: {
    label: 'Main',
    key: 'V',
    does: 'cliquer une commune l’ajoute ou la retire, glisser déplace la carte',
  },
  brush: {
    label: 'Pinceau',
    key: 'B',
    does: 'ajoute les communes survolées\u00a0; B encore change de taille',
  },
  erase: {
    label: 'Gomme',
    key: 'G',
    does: 'retire les communes survolées\u00a0; G encore change de taille',
  },
  box: { label: 'Rectangle', key: 'R', does: 'prend les communes d’un rectangle' },
  lasso: { label: 'Lasso', key: 'L', does: 'prend les communes qu’une ligne entoure' },
  edge: {
    label: 'Limite',
    key: 'F',
    does: 'tire la limite\u00a0: les communes traversées passent du côté d’où part le geste',
  },
};
