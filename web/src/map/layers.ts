import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { ink, land } from './colours.ts';
import { labels } from './label-layers.ts';

const background = '#f8f9fb';

const when = (state: string): ExpressionSpecification => [
  'boolean',
  ['feature-state', state],
  false,
];
/** A width of nothing costs less than a line that cannot be seen. */
const wide = (...cases: [state: string, width: number][]): ExpressionSpecification =>
  ['case', ...cases.flatMap(([state, width]) => [when(state), width]), 0] as never;
const over = (
  top: string,
  share: number,
  base: ExpressionSpecification,
): ExpressionSpecification => ['interpolate', ['linear'], share, 0, base, 1, top];

const units = { source: 'units', 'source-layer': 'units' } as const;
const borders = { source: 'units', 'source-layer': 'borders' } as const;
const round = { 'line-cap': 'round', 'line-join': 'round' } as const;

/** Dimming and pointing change the colour itself: a layer over every commune is one more to draw. */
function shadedFill(): ExpressionSpecification {
  const plain: ExpressionSpecification = ['to-color', ['feature-state', 'fill'], land];
  const dimmed = over(background, 0.62, plain);
  const shown: ExpressionSpecification = ['case', when('dimmed'), dimmed, plain];
  return ['case', when('hover'), over(ink, 0.14, shown), shown];
}

/** Lines cover the seams of fills, which smooth edges would draw each fill a second time for. */
const sharp = { 'fill-antialias': false } as const;

const fills: LayerSpecification[] = [
  { id: 'background', type: 'background', paint: { 'background-color': background } },
  { id: 'units-fill', type: 'fill', ...units, paint: { ...sharp, 'fill-color': shadedFill() } },
  pattern('conflict', 0.85),
  pattern('poleless', 1),
  pattern('fragile', 0.8),
  pattern('changed', 0.75),
  pattern('locked', 0.7),
  pattern('deposited', 0.6),
  pattern('uncovered', 1),
];

/** Out of sight until a scene has some: see `reveal`. */
function pattern(state: string, opacity: number): LayerSpecification {
  const dimmed = opacity * 0.38;
  return {
    id: `units-${state}`,
    type: 'fill',
    ...units,
    layout: { visibility: 'none' },
    paint: {
      ...sharp,
      'fill-pattern': state,
      'fill-opacity': ['case', when(state), ['case', when('dimmed'), dimmed, opacity], 0],
    },
  };
}

const lines: LayerSpecification[] = [
  line('borders-commune', {
    'line-color': '#ffffff',
    'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.25, 9, 0.7, 12, 1.2],
    'line-opacity': ['interpolate', ['linear'], ['zoom'], 6, 0.45, 9, 0.9],
  }),
  {
    ...line('borders-sector', {
      'line-color': '#5d6874',
      'line-width': 0.9,
      'line-dasharray': [3, 2],
    }),
    filter: ['==', ['get', 'level'], 'sector'],
    minzoom: 8,
  },
  {
    ...line('borders-department', {
      'line-color': '#5d6874',
      'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.7, 10, 1.4],
      'line-opacity': 0.75,
    }),
    filter: ['in', ['get', 'level'], ['literal', ['region', 'department']]],
  },
  // A CPTS not yet recognised; out of sight until a scene has some, as the patterns.
  line(
    'borders-draft',
    { 'line-color': ink, 'line-width': wide(['draft', 2.2]), 'line-dasharray': [2, 1.6] },
    { ...round, visibility: 'none' },
  ),
  line(
    'borders-dotted',
    { 'line-color': ink, 'line-width': wide(['dotted', 2.6]), 'line-dasharray': [0.01, 2] },
    { ...round, visibility: 'none' },
  ),
  // One layer for what is never two things at once to the eye.
  line('borders-group', {
    'line-color': [
      'case',
      when('recognised'),
      ink,
      when('outOfBand'),
      '#c77700',
      'rgba(51, 64, 77, 0.85)',
    ],
    'line-width': wide(['recognised', 2.6], ['outOfBand', 3], ['outline', 1.5]),
  }),
  line('borders-halo', {
    'line-color': 'rgba(255, 255, 255, 0.9)',
    'line-width': wide(['selected', 5.5]),
  }),
  line('borders-chosen', {
    'line-color': ['case', when('selected'), '#174ea6', ink],
    'line-width': wide(['selected', 2.8], ['hover', 1.6]),
  }),
];

type LineLayer = Extract<LayerSpecification, { type: 'line' }>;

function line(
  id: string,
  paint: NonNullable<LineLayer['paint']>,
  layout: NonNullable<LineLayer['layout']> = round,
): LineLayer {
  return { id, type: 'line', ...borders, layout, paint };
}

const arrows: LayerSpecification[] = [
  {
    id: 'arrows',
    type: 'line',
    source: 'arrows',
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-cap': 'butt', 'line-sort-key': ['-', 0, ['get', 'rank']] },
    paint: {
      'line-color': ink,
      'line-width': ['get', 'width'],
      'line-opacity': ['get', 'opacity'],
    },
  },
];

export const layers: LayerSpecification[] = [...fills, ...lines, ...arrows, ...labels];
