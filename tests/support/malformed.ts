import type { Random } from '../../server/core/random.ts';

/** A JSON schema, as far as values are made from it. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
}

const codes = ['45101', '45110', '4510', '2A004', '99999', '452340101', '45101-A', '45101\u0000'];

const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e‮𝕏🇫🇷',
  "'; drop table cpts; --",
  '" or 1=1 --',
  '\\',
  '%',
  '%00',
  '%%%',
  '../../etc/passwd',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '1e999',
  '-1',
  '0x10',
  '1,2',
  '2147483648',
  '99999999999999999999',
  'x'.repeat(5000),
  'é'.repeat(700),
  ...codes,
];

const numbers = [
  0,
  -0,
  -1,
  1,
  2,
  0.5,
  -1.5,
  1e-320,
  1e308,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
];

/** Values that some reader of input forgot, drawn by a seeded generator. */
export function malformed(random: Random) {
  const below = (count: number) => Math.floor(random() * count);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;

  function deep(levels: number): unknown {
    return levels === 0 ? 1 : [deep(levels - 1)];
  }

  const position = (): unknown =>
    one<unknown>([
      [2.1 + random() * 0.5, 47.1 + random() * 0.4],
      [2.1 + random() * 0.5, 47.1 + random() * 0.4],
      [2.2, 47.2],
      [1e308, -1e308],
      [-180, 90],
      [180.5, -91],
      [2.1],
      [],
      ['2.1', '47.1'],
      [null, null],
      [2.1, 47.1, 12, 4],
      2,
    ]);
  const line = (least: number): unknown[] => {
    const points = Array.from({ length: least + below(4) }, position);
    return random() < 0.6 ? [...points, points[0]] : points;
  };

  function geometry(): unknown {
    return one<() => unknown>([
      () => ({ type: 'Polygon', coordinates: [line(3)] }),
      () => ({ type: 'Polygon', coordinates: [line(3), line(3)] }),
      () => ({ type: 'Polygon', coordinates: [] }),
      () => ({ type: 'Polygon', coordinates: [[]] }),
      () => ({ type: 'Polygon', coordinates: deep(40) }),
      () => ({ type: 'MultiPolygon', coordinates: [[line(3)], [line(0)]] }),
      () => ({ type: 'MultiPolygon', coordinates: [line(3)] }),
      () => ({ type: 'LineString', coordinates: line(2) }),
      () => ({ type: 'Point', coordinates: position() }),
      () => ({ type: 'GeometryCollection', geometries: [geometry()] }),
      () => ({ type: 'Feature', properties: null, geometry: geometry() }),
      () => ({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: null }] }),
      () => ({ type: 'FeatureCollection', features: {} }),
      () => ({ type: 'Polygon' }),
      () => ({ type: 'polygon', coordinates: [line(3)] }),
    ])();
  }

  function anything(levels = 3): unknown {
    return one<() => unknown>([
      () => one(texts),
      () => one(numbers),
      () => null,
      () => random() < 0.5,
      () => geometry(),
      () => (levels === 0 ? [] : Array.from({ length: below(4) }, () => anything(levels - 1))),
      () => (levels === 0 ? {} : { [one(texts)]: anything(levels - 1), __proto__: null }),
    ])();
  }

  /** Mostly of a schema, with a wrong value here and there. */
  function near(schema: Schema | undefined, wrong: number): unknown {
    if (!schema || random() < wrong) return anything();
    if (schema.anyOf) return near(one(schema.anyOf), wrong);
    if ('const' in schema) return schema.const;
    if (schema.enum) return one(schema.enum);
    switch (schema.type) {
      case 'object': {
        const made: Record<string, unknown> = {};
        for (const [name, of] of Object.entries(schema.properties ?? {})) {
          const asked = schema.required?.includes(name) ?? false;
          if (random() < (asked ? 1 - wrong : 0.4)) made[name] = near(of, wrong);
        }
        if (Object.keys(schema.properties ?? {}).length === 0 && random() < 0.8) return geometry();
        if (random() < wrong) made[one(texts)] = anything();
        return made;
      }
      case 'array': {
        const length = (schema.minItems ?? 0) + below(4);
        return Array.from({ length }, () => near(schema.items, wrong));
      }
      case 'integer':
        return random() < 0.7 ? (schema.minimum ?? 0) + below(4) : (schema.maximum ?? 9);
      case 'number':
        return random() < 0.7 ? (schema.minimum ?? 0) + random() : one(numbers);
      case 'boolean':
        return random() < 0.5;
      case 'null':
        return null;
      default:
        return schema.pattern && random() < 0.7 ? one(codes) : one(texts);
    }
  }

  return { below, one, near, anything, text: () => one(texts) };
}
