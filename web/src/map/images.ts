import type { Map as MapLibreMap } from 'maplibre-gl';

type Picture = { width: number; height: number; data: Uint8ClampedArray };

/** Red diagonal hatch: what two CPTS share is told by a sign, not by its colour alone. */
function conflictHatch(size = 16, stroke = 5): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const onStroke = (x + y) % size < stroke;
      data.set(onStroke ? [190, 18, 30, 255] : [255, 255, 255, 90], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Thin dark hatch, the other way than that of conflicts, which lets the colour be read. */
function fragileHatch(size = 8, stroke = 2): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const onStroke = (x - y + size) % size < stroke;
      data.set([27, 38, 49, onStroke ? 235 : 0], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Sparse grey dots on white: a commune of no pole is no colour of a pole. */
function polelessDots(size = 14, radius = 2): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  const middle = (size - 1) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const onDot = Math.hypot(x - middle, y - middle) <= radius;
      data.set(onDot ? [85, 97, 110, 255] : [255, 255, 255, 255], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Fine dots on nothing: the colour stays, and no hatch is taken for it. */
function lockedDots(size = 10): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  for (const [x, y] of [
    [1, 1],
    [2, 1],
    [1, 2],
    [2, 2],
    [6, 6],
    [7, 6],
    [6, 7],
    [7, 7],
  ] as const) {
    data.set([27, 38, 49, 255], (y * size + x) * 4);
  }
  return { width: size, height: size, data };
}

/**
 * Small crosses on nothing, so that the colour stays: the commune changes pole or territory. As close as
 * a commune is small when a whole region shows.
 */
function changedCrosses(size = 12, arm = 2): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  const middle = Math.floor(size / 2);
  for (let k = -arm; k <= arm; k++) {
    for (const thick of [0, 1]) {
      data.set([27, 38, 49, 255], ((middle + thick) * size + middle + k) * 4);
      data.set([27, 38, 49, 255], ((middle + k) * size + middle + thick) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Sparse thin lines on nothing, neither as thick as those of a conflict nor as close as the fragile. */
function depositedLines(size = 18, stroke = 2): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const onStroke = (x - y + size) % size < stroke;
      data.set([27, 38, 49, onStroke ? 255 : 0], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Small rings on white: ground that no CPTS holds. */
function uncoveredRings(size = 18, radius = 3): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  const middle = (size - 1) / 2;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const away = Math.abs(Math.hypot(x - middle, y - middle) - radius);
      const onRing = Math.max(0, Math.min(1, 1.6 - away));
      const grey = Math.round(255 - onRing * (255 - 150));
      data.set([grey, grey, grey, 255], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Upward triangle, rotated by the map to be the head of an arrow. */
function arrowHead(size = 28): Picture {
  const data = new Uint8ClampedArray(size * size * 4);
  for (let y = 0; y < size; y++) {
    const half = (y / size) * (size / 2) * 0.9;
    for (let x = 0; x < size; x++) {
      const inside = half - Math.abs(x - (size - 1) / 2);
      const alpha = Math.max(0, Math.min(1, inside + 0.5));
      data.set([27, 38, 49, Math.round(alpha * 255)], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Two clear pixels a side: takes room on the map, and shows nothing. */
const room: Picture = { width: 2, height: 2, data: new Uint8ClampedArray(16) };

export function addImages(map: MapLibreMap): void {
  map.addImage('conflict', conflictHatch(), { pixelRatio: 2 });
  map.addImage('fragile', fragileHatch(), { pixelRatio: 2 });
  map.addImage('poleless', polelessDots(), { pixelRatio: 2 });
  map.addImage('changed', changedCrosses(), { pixelRatio: 2 });
  map.addImage('deposited', depositedLines(), { pixelRatio: 2 });
  map.addImage('uncovered', uncoveredRings(), { pixelRatio: 2 });
  map.addImage('room', room);
  map.addImage('locked', lockedDots(), { pixelRatio: 2 });
  map.addImage('arrow-head', arrowHead(), { pixelRatio: 2 });
}
