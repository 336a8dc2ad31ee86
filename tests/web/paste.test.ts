import { describe, expect, it } from 'vitest';
import { parsePastedList } from '../../web/src/workspaces/draw/paste.ts';
import { gridRegion } from './small-region.ts';

const region = gridRegion(3, 3);
const parse = (text: string) => parsePastedList(region, text);

describe('parsePastedList', () => {
  it('takes codes and names in any separator', () => {
    expect(parse('01001\nOrléans; 01006,Commune 6\t01008|').units).toEqual([0, 1, 5, 6, 7]);
  });

  it('takes names without accents, and apostrophes of any kind', () => {
    expect(parse("ORLEANS\nl'hay les roses").units).toEqual([1, 3]);
  });

  it('takes a line of a spreadsheet once, whichever column has the code', () => {
    expect(parse('01001;Olivet\nOrléans\t01002\n01006 Ay')).toEqual({
      units: [0, 1, 5],
      ambiguous: [],
      unmatched: [],
      repaired: [],
      byName: [],
    });
  });

  it.each(['01002 Olivet', '01002;Olivet', 'Olivet 01002', '45160 Olivet (01)', '45500\tOlivet'])(
    'takes %j by its name, and says so',
    (text) => {
      expect(parse(text)).toMatchObject({
        units: [0],
        ambiguous: [],
        unmatched: [],
        byName: [{ unit: 0 }],
      });
    },
  );

  it('asks when a code and a name contradict and the name settles nothing', () => {
    expect(parse('01001 Saint-Hilaire')).toMatchObject({
      units: [],
      ambiguous: [{ text: '01001 Saint-Hilaire', units: [2, 4] }],
    });
    expect(parse('01001 Atlantide').ambiguous).toEqual([{ text: '01001 Atlantide', units: [0] }]);
    expect(parse('99999 Atlantide').unmatched).toEqual(['99999 Atlantide']);
    expect(parse('Olivet; Orléans; 01006')).toMatchObject({
      units: [0, 1],
      ambiguous: [{ text: '01006', units: [5] }],
    });
  });

  it('takes a code whose name is said at greater length, or is one of several', () => {
    expect(parse('01002 ORLEANS CEDEX\n01005 Saint-Hilaire\n01001;Olivet;Orléans')).toMatchObject({
      units: [0, 1, 4],
      byName: [],
    });
  });

  it('gives back the zero that a spreadsheet took, and says so', () => {
    expect(parse('1001')).toMatchObject({ units: [0], repaired: ['1001'] });
  });

  it('asks which when several communes bear the name, unless the department tells', () => {
    expect(parse('saint hilaire')).toMatchObject({
      units: [],
      ambiguous: [{ text: 'saint hilaire', units: [2, 4] }],
    });
    expect(parse('St-Hilaire (45)').units).toEqual([4]);
  });

  it('shows what it can not place', () => {
    expect(parse('Atlantide\n99999\n\n  \n').unmatched).toEqual(['Atlantide', '99999']);
  });
});
