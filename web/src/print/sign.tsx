import type { ComponentChildren } from 'preact';
import { ink } from '../map/colours.ts';
import type { LegendEntry } from '../shell/legend.tsx';

const line = (colour: string, width: number, dashes?: string) => (
  <path d="M0 6H20" stroke={colour} stroke-width={width} stroke-dasharray={dashes} />
);

const hatch = (colour: string, width: number, step: number) => (
  <path
    d={Array.from({ length: 32 / step + 1 }, (_, i) => `M${i * step - 12} 12l12-12`).join('')}
    stroke={colour}
    stroke-width={width}
  />
);

const box = (stroke: string, fill = '#fff') => (
  <rect x="0.5" y="0.5" width="19" height="11" fill={fill} stroke={stroke} />
);

const standing = (fill: string, dashes?: string) => (
  <rect
    x="1"
    y="1"
    width="18"
    height="10"
    fill={fill}
    stroke={ink}
    stroke-width="2"
    stroke-dasharray={dashes}
    stroke-linecap="round"
  />
);

/** The signs of the legend for paper: drawn, since printers leave out what CSS paints behind. */
const drawings: Record<LegendEntry['sign'], ComponentChildren> = {
  area: (
    <>
      <path d="M0 0h7v12H0z" fill="#89b8d3" />
      <path d="M7 0h6v12H7z" fill="#eac983" />
      <path d="M13 0h7v12h-7z" fill="#83cbb8" />
      {box('#33404d', 'none')}
    </>
  ),
  circle: <circle cx="10" cy="6" r="5" fill="#05588a" stroke="#8793a0" />,
  arrow: <path d="M0 4h13V1l7 5-7 5V8H0z" fill={ink} />,
  outline: line('#33404d', 2),
  amber: line('#c77700', 3),
  solid: line(ink, 3),
  dashed: line(ink, 2, '4 3'),
  drawn: (
    <rect x="1" y="1" width="18" height="10" fill="#9dbcf0" stroke="#174ea6" stroke-width="2" />
  ),
  changed: (
    <>
      {box('#8793a0')}
      <path d="M4 6h4M6 4v4M12 6h4M14 4v4" stroke={ink} />
    </>
  ),
  fragile: (
    <>
      {box('#33404d')}
      <path d="M-4 0l12 12M2 0l12 12M8 0l12 12M14 0l12 12" stroke={ink} stroke-width="1.2" />
    </>
  ),
  poleless: (
    <>
      {box('#8793a0')}
      <path d="M4 4h2M11 4h2M7 8h2M14 8h2" stroke="#55616e" stroke-width="2" />
    </>
  ),
  locked: (
    <>
      {box('#33404d', '#d3dae2')}
      <path d="M4 4h1M9 4h1M14 4h1M7 8h1M12 8h1M17 8h1" stroke={ink} stroke-width="1.2" />
    </>
  ),
  'standing-recognised': standing('#89b8d3'),
  'standing-deposited': (
    <>
      {standing('#b4d0e0', '4 3')}
      <path d="M3 11l8-10M10 11l8-10" stroke={ink} stroke-width="0.7" />
    </>
  ),
  'standing-draft': (
    <>
      {standing('#dfe9ef', '0.1 3')}
      <path d="M6 5h1M11 5h1M8 8h1M13 8h1" stroke={ink} stroke-width="1.2" />
    </>
  ),
  uncovered: (
    <>
      {box('#8793a0')}
      <path
        d="M3 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0"
        fill="none"
        stroke="#6c7885"
      />
    </>
  ),
  bare: box('#8793a0', '#eef1f4'),
  hatch: (
    <>
      {box('#be121e')}
      {hatch('#be121e', 2, 6)}
    </>
  ),
};

export function Sign({ sign }: { sign: LegendEntry['sign'] }) {
  return (
    <svg class="print-sign" width="20" height="12" viewBox="0 0 20 12" aria-hidden="true">
      {drawings[sign]}
    </svg>
  );
}

export function Swatch({ fill }: { fill: string }) {
  return (
    <svg class="print-sign" width="20" height="12" viewBox="0 0 20 12" aria-hidden="true">
      {box('#33404d', fill)}
    </svg>
  );
}

/** The map is never turned: north is up. */
export function NorthArrow() {
  return (
    <svg class="print-north" width="22" height="34" viewBox="0 0 22 34" role="img">
      <title>Le nord est en haut</title>
      <path d="M11 12l7 20-7-5-7 5z" fill={ink} />
      <path d="M11 12v15l7 5z" fill="#fff" stroke={ink} stroke-linejoin="round" />
      <path d="M7.5 9V1.5L14.5 9V1.5" fill="none" stroke={ink} stroke-width="1.6" />
    </svg>
  );
}

/** A bar as long on the paper as its kilometres are on the map. */
export function Bar({ px }: { px: number }) {
  return (
    <svg class="print-bar" width={px} height="6" viewBox={`0 0 ${px} 6`} aria-hidden="true">
      <path d={`M0 0h${px / 2}v6H0z`} fill={ink} />
      <path d={`M0.5 0.5h${px - 1}v5H0.5z`} fill="none" stroke={ink} />
    </svg>
  );
}
