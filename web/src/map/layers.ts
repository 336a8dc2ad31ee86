import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { land } from './colours.ts';

const background = '#f8f9fb';
const ink = '#1b2631';

/** Local fonts: with no `glyphs` in the style MapLibre draws labels with what the page has. */
const regular = ['Inter Variable Medium', 'Inter Variable'];
const strong = ['Inter Variable Semibold', 'Inter Variable'];

const when = (state: string): ExpressionSpecification => [
  'boolean',
  ['feature-state', state],
  false,
];
const shown = (state: string, opacity = 1): ExpressionSpecification => [
  'case',
  when(state),
  opacity,
  0,
];
const units = { source: 'units', 'source-layer': 'units' } as const;
const borders = { source: 'borders', 'source-layer': 'borders' } as const;
const round = { 'line-cap': 'round', 'line-join': 'round' } as const;

const fills: LayerSpecification[] = [
  { id: 'background', type: 'background', paint: { 'background-color': background } },
  {
    id: 'units-fill',
    type: 'fill',
    ...units,
    paint: { 'fill-color': ['to-color', ['feature-state', 'fill'], land] },
  },
  {
    id: 'units-conflict',
    type: 'fill',
    ...units,
    paint: { 'fill-pattern': 'conflict', 'fill-opacity': shown('conflict', 0.85) },
  },
  {
    id: 'units-poleless',
    type: 'fill',
    ...units,
    paint: { 'fill-pattern': 'poleless', 'fill-opacity': shown('poleless') },
  },
  {
    id: 'units-fragile',
    type: 'fill',
    ...units,
    paint: { 'fill-pattern': 'fragile', 'fill-opacity': shown('fragile', 0.8) },
  },
  {
    id: 'units-changed',
    type: 'fill',
    ...units,
    paint: { 'fill-pattern': 'changed', 'fill-opacity': shown('changed', 0.75) },
  },
  {
    id: 'units-locked',
    type: 'fill',
    ...units,
    paint: { 'fill-pattern': 'locked', 'fill-opacity': shown('locked', 0.7) },
  },
  {
    id: 'units-dimmed',
    type: 'fill',
    ...units,
    paint: { 'fill-color': background, 'fill-opacity': shown('dimmed', 0.62) },
  },
  {
    id: 'units-hover',
    type: 'fill',
    ...units,
    paint: { 'fill-color': ink, 'fill-opacity': shown('hover', 0.14) },
  },
];

const lines: LayerSpecification[] = [
  {
    id: 'borders-commune',
    type: 'line',
    ...borders,
    paint: {
      'line-color': '#ffffff',
      'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.25, 9, 0.7, 12, 1.2],
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 6, 0.45, 9, 0.9],
    },
  },
  {
    id: 'borders-sector',
    type: 'line',
    ...borders,
    filter: ['==', ['get', 'level'], 'sector'],
    minzoom: 8,
    paint: { 'line-color': '#5d6874', 'line-width': 0.9, 'line-dasharray': [3, 2] },
  },
  {
    id: 'borders-department',
    type: 'line',
    ...borders,
    filter: ['in', ['get', 'level'], ['literal', ['region', 'department']]],
    layout: round,
    paint: {
      'line-color': '#5d6874',
      'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.7, 10, 1.4],
      'line-opacity': 0.75,
    },
  },
  line('borders-outline', {
    'line-color': '#33404d',
    'line-width': 1.5,
    'line-opacity': shown('outline', 0.85),
  }),
  line('borders-out-of-band', {
    'line-color': '#c77700',
    'line-width': 3,
    'line-opacity': shown('outOfBand'),
  }),
  line(
    'borders-draft',
    {
      'line-color': ink,
      'line-width': 2.2,
      'line-dasharray': [2, 1.6],
      'line-opacity': shown('draft'),
    },
    { 'line-join': 'round' },
  ),
  line('borders-recognised', {
    'line-color': ink,
    'line-width': 2.6,
    'line-opacity': shown('recognised'),
  }),
  line('borders-hover', { 'line-color': ink, 'line-width': 1.6, 'line-opacity': shown('hover') }),
  line('borders-selected-halo', {
    'line-color': '#ffffff',
    'line-width': 5.5,
    'line-opacity': shown('selected', 0.9),
  }),
  line('borders-selected', {
    'line-color': '#174ea6',
    'line-width': 2.8,
    'line-opacity': shown('selected'),
  }),
];

type LinePaint = Extract<LayerSpecification, { type: 'line' }>['paint'];
type LineLayout = Extract<LayerSpecification, { type: 'line' }>['layout'];

function line(id: string, paint: LinePaint, layout: LineLayout = round): LayerSpecification {
  return { id, type: 'line', ...borders, layout: layout ?? round, paint: paint ?? {} };
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

const labelPaint = {
  'text-color': ink,
  'text-halo-color': 'rgba(255,255,255,0.92)',
  'text-halo-width': 1.5,
} as const;

const labels: LayerSpecification[] = [
  // Under the marks: the map places the labels of its last layer first.
  {
    id: 'towns',
    type: 'symbol',
    source: 'towns',
    filter: townFilter([]),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': regular,
      'text-size': [
        'interpolate',
        ['linear'],
        ['zoom'],
        6,
        ['case', ['>', ['get', 'population'], 40_000], 12, 10.5],
        11,
        ['case', ['>', ['get', 'population'], 40_000], 16, 12],
      ],
      'text-max-width': 8,
      'text-padding': 6,
      'symbol-sort-key': ['-', 0, ['get', 'population']],
    },
    paint: { ...labelPaint, 'text-color': '#3b4754' },
  },
  {
    id: 'mark-circles',
    type: 'circle',
    source: 'marks',
    filter: ['>', ['get', 'radius'], 0],
    layout: { 'circle-sort-key': ['-', 0, ['get', 'rank']] },
    paint: {
      'circle-radius': ['get', 'radius'],
      'circle-color': ['get', 'colour'],
      'circle-opacity': 0.85,
      'circle-stroke-color': '#ffffff',
      'circle-stroke-width': 1.5,
    },
  },
  // Over the circles, which their tips reach the middle of.
  {
    id: 'arrow-heads',
    type: 'symbol',
    source: 'arrows',
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'icon-image': 'arrow-head',
      'icon-rotate': ['get', 'bearing'],
      'icon-rotation-alignment': 'map',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'icon-size': ['interpolate', ['linear'], ['get', 'width'], 1, 0.6, 7, 1.3],
      'icon-anchor': 'top',
    },
    paint: { 'icon-opacity': ['get', 'opacity'] },
  },
  {
    id: 'mark-labels',
    type: 'symbol',
    source: 'marks',
    layout: {
      'text-field': [
        'format',
        ['get', 'name'],
        {},
        ['case', ['==', ['get', 'detail'], ''], '', '\n'],
        {},
        ['get', 'detail'],
        { 'font-scale': 0.86, 'text-font': ['literal', regular] },
      ],
      'text-font': strong,
      'text-size': ['interpolate', ['linear'], ['zoom'], 6, 11.5, 10, 14],
      'text-max-width': 9,
      'text-line-height': 1.15,
      'text-padding': 2,
      'text-variable-anchor-offset': [
        'step',
        ['get', 'radius'],
        ['literal', ['center', [0, 0], 'top', [0, 0.4], 'bottom', [0, -0.4]]],
        1,
        beside(0.8),
        8,
        beside(1.1),
        12,
        beside(1.4),
        16,
        beside(1.75),
      ],
      'symbol-sort-key': ['-', 0, ['get', 'rank']],
    },
    paint: labelPaint,
  },
  // Nothing is seen of it: it keeps the middle of each circle free of the names of others.
  {
    id: 'mark-rooms',
    type: 'symbol',
    source: 'marks',
    filter: ['>', ['get', 'radius'], 0],
    layout: {
      'icon-image': 'room',
      // The picture is 2 px wide at scale 1.
      'icon-size': ['*', 0.7, ['get', 'radius']],
      'icon-allow-overlap': true,
      'icon-padding': 0,
    },
  },
];

/** Where a name may stand around a circle, ems from its middle. */
function beside(ems: number): ExpressionSpecification {
  return [
    'literal',
    ['top', [0, ems], 'bottom', [0, -ems], 'left', [ems + 0.1, 0], 'right', [-ems - 0.1, 0]],
  ];
}

/** Towns by zoom, the largest first, without those that the marks name already. */
export function townFilter(named: readonly string[]): ExpressionSpecification {
  // Seen from afar the marks are names enough, and suburbs would stand on their circles.
  const afar = named.length > 0 ? 60_000 : 20_000;
  return [
    'all',
    ['>=', ['get', 'population'], ['step', ['zoom'], afar, 8, 6_000, 9, 2_500, 10, 900, 11, 0]],
    ['!', ['in', ['get', 'code'], ['literal', [...named]]]],
  ];
}

export const layers: LayerSpecification[] = [...fills, ...lines, ...arrows, ...labels];
