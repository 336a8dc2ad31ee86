import { Type } from 'typebox';
import { Id, SpecialtyKey, UnitCode } from './names.ts';
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
      patients: Type.Number({ description: 'patients a year' }),
    }),
  ),
  createdAt: Type.String(),
});
export type FlowDataset = Type.Static<typeof FlowDataset>;
export const FlowDatasetPage = Page(FlowDataset);
export type FlowDatasetPage = Type.Static<typeof FlowDatasetPage>;

export const PoleQuery = Type.Object({
  specialty: Type.Union([Type.Literal('all'), SpecialtyKey], { default: 'all' }),
});

export const Poles = Type.Object({
  parameters: Type.Object({
    dataset: Id,
    specialty: Type.String(),
    method: Type.Literal('plurality'),
  }),
  poles: Type.Array(
    Type.Object({
      code: UnitCode,
      name: Type.String(),
      communes: Type.Integer({ description: 'communes whose main attraction pole it is' }),
      population: Type.Integer({ description: 'inhabitants of those communes' }),
      li: Type.Number({ description: 'localisation index of those communes, 0 to 1' }),
    }),
  ),
  communes: Type.Array(
    Type.Object({
      code: UnitCode,
      pole: Type.Union([UnitCode, Type.Null()], {
        description: 'null where a threshold leaves the commune without one',
      }),
      rate: Type.Number({ description: 'attraction rate, 0 to 1' }),
      second: Type.Union([UnitCode, Type.Null()]),
    }),
  ),
});
export type Poles = Type.Static<typeof Poles>;

export const DestinationQuery = Type.Object({
  origin: UnitCode,
  specialty: Type.Union([Type.Literal('all'), SpecialtyKey], { default: 'all' }),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 10 }),
});

/** Where the residents of one commune go, the largest destinations first. */
export const Destinations = Type.Object({
  origin: UnitCode,
  specialty: Type.String(),
  patients: Type.Number({ description: 'patients a year, all destinations' }),
  destinations: Type.Array(
    Type.Object({
      code: UnitCode,
      name: Type.String(),
      patients: Type.Number(),
      share: Type.Number({ description: '0 to 1' }),
      distanceKm: Type.Number(),
    }),
  ),
});
export type Destinations = Type.Static<typeof Destinations>;
