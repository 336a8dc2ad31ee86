/** A size of CPTS and what it is paid a year, euros; null where our sources do not say. */
export interface AciSize {
  size: number;
  /** first population of the size; it ends where the next one starts */
  from: number;
  /** running costs */
  running: number | null;
  /** the most without the supplement for unscheduled care */
  without: number | null;
  /** the most with it */
  with: number | null;
}

export interface AciScale {
  /** date of the agreement, ISO */
  since: string;
  /** by population */
  sizes: AciSize[];
}

const columns = 'since,size,from,running,without,with';

/**
 * The scale of the latest date in `data/aci-sizes.csv`.
 *
 * @throws RangeError when the columns are others, a figure is no whole number, or populations don't
 * rise from 0
 */
export function readAciScale(csv: string): AciScale {
  const lines = csv.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== columns) throw new RangeError(`expected ${columns}, got ${lines[0]}`);
  const rows = lines.slice(1).map((line) => line.split(','));
  const since = rows.reduce((latest, [date = '']) => (date > latest ? date : latest), '');
  const sizes = rows
    .filter(([date]) => date === since)
    .map(([, ...cells]) => {
      const [size, from, running, without, most] = cells.map(figure);
      if (size == null || from == null) throw new RangeError(`expected a size, got ${cells}`);
      return { size, from, running: running!, without: without!, with: most! };
    });
  sizes.forEach(({ from }, at) => {
    const before = sizes[at - 1]?.from ?? -1;
    if (from <= before || (at === 0 && from !== 0)) {
      throw new RangeError(`expected populations that rise from 0, got ${from} after ${before}`);
    }
  });
  return { since, sizes };
}

function figure(cell: string): number | null {
  if (cell === '') return null;
  if (!/^\d+$/.test(cell)) throw new RangeError(`expected a whole number, got « ${cell} »`);
  return Number(cell);
}

/** Size of a population. */
export function aciSizeOf({ sizes }: AciScale, population: number): AciSize {
  let found = sizes[0]!;
  for (const size of sizes) if (population >= size.from) found = size;
  return found;
}
