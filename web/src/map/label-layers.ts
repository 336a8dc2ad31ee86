import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { townZooms } from '../../../server/core/town-zooms.ts';
import { ink } from './colours.ts';

/** Local fonts: with no `glyphs` in the style MapLibre draws labels with what the page has. */
const regular = ['Inter Variable Medium', 'Inter Variable'];
const strong = ['Inter Variable Semibold', 'Inter Variable'];

const labelPaint = {
  'text-color': ink,
  'text-halo-color': 'rgba(255,255,255,0.92)',
  'text-halo-width': 1.5,
} as const;

export const labels: LayerSpecification[] = [
  // Under the marks: the map places the labels of its last layer first.
  {
    id: 'towns',
    type: 'symbol',
    source: 'towns',
    'source-layer': 'towns',
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
  const [[, afar] = [0, 0], ...nearer] = townZooms;
  // Seen from afar the marks are names enough, and suburbs would stand on their circles.
  const least = ['step', ['zoom'], named.length > 0 ? 60_000 : afar, ...nearer.flat()];
  return [
    'all',
    ['>=', ['get', 'population'], least as ExpressionSpecification],
    ['!', ['in', ['get', 'code'], ['literal', [...named]]]],
  ];
}
