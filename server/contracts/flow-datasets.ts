import { Type } from 'typebox';
import { Id, MaskedCount, SpecialtyChoice, SpecialtyKey, UnitCode } from './names.ts';
import { Page } from './paging.ts';

export const FlowDataset = Type.Object({
  id: Id,
  name: Type.String(),
  kind: Type.Union([Type.Literal('extract'), Type.Literal('modelled')]),
  provenance: Type.String({ description: 'French sentence: where the figures come from' }),
  parameters: Type.Record(Type.String(), Type.Unknown()),
  specialties: Type.Array(
    Type.Object({
      key: SpecialtyKey,
      label: Type.String(),
      patients: Type.Number({
        description: 'patients a year; in a modelled dataset one a resident and specialty',
      }),
      maskedCells: Type.Integer({
        description: 'masked cells, 1 to 10 patients each, which are not in patients',
      }),
    }),
  ),
  createdAt: Type.String(),
});
export type FlowDataset = Type.Static<typeof FlowDataset>;
export const FlowDatasetPage = Page(FlowDataset);
export type FlowDatasetPage = Type.Static<typeof FlowDatasetPage>;

/** Which flows: one specialty or all, and what a masked cell counts as. */
const flowChoice = {
  specialty: SpecialtyChoice,
  masked: MaskedCount,
};

export const DestinationQuery = Type.Object({
  origin: UnitCode,
  ...flowChoice,
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 10 }),
});

export const InflowQuery = Type.Object({
  destination: UnitCode,
  ...flowChoice,
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 10 }),
});

export const MatrixQuery = Type.Object({
  specialty: SpecialtyChoice,
  run: Type.Optional(
    Type.Intersect([Id], {
      description: 'analysis of this dataset whose weights count in « all »; else each counts 1',
    }),
  ),
  created: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'createdAt of the dataset: names its content, which a browser then keeps',
    }),
  ),
  units: Type.Optional(
    Type.String({
      maxLength: 80,
      description: 'vintage of the unit graph whose units are the places',
    }),
  ),
});

const FlowEnd = Type.Object({
  code: UnitCode,
  name: Type.String(),
  patients: Type.Number({ description: 'patients a year, masked cells counted as asked' }),
  maskedCells: Type.Number({ description: 'masked cells among them, 1 to 10 patients each' }),
  share: Type.Number({ description: '0 to 1' }),
  distanceKm: Type.Number(),
});

/** Of a part of a divided commune, which has its share of the commune's flows. */
const apportioned = Type.Optional(
  Type.Number({ description: 'share of the commune’s flows counted here, by population, 0 to 1' }),
);

/** Where the residents of one commune go, the largest destinations first. */
export const Destinations = Type.Object({
  origin: UnitCode,
  specialty: Type.String(),
  apportioned,
  patients: Type.Number({ description: 'patients a year, all destinations' }),
  destinations: Type.Array(FlowEnd),
});
export type Destinations = Type.Static<typeof Destinations>;

/** Where the patients treated in one commune live, the largest origins first. */
export const Inflows = Type.Object({
  destination: UnitCode,
  specialty: Type.String(),
  apportioned,
  patients: Type.Number({ description: 'patients a year, all origins' }),
  origins: Type.Array(FlowEnd),
});
export type Inflows = Type.Static<typeof Inflows>;
