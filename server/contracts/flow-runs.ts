import { type TSchema, Type } from 'typebox';
import { Id } from './names.ts';
import { Page } from './paging.ts';
import { RunStatus } from './proposals.ts';

export const FlowRunKind = Type.Union([
  Type.Literal('import'),
  Type.Literal('model'),
  Type.Literal('calibration'),
]);
export type FlowRunKind = Type.Static<typeof FlowRunKind>;

const Nullable = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);

/** Work that makes a flow dataset or fits a model on one, from its place in the queue to its end. */
export const FlowRunSummary = Type.Object({
  id: Id,
  kind: FlowRunKind,
  name: Type.String({ description: 'of the dataset it makes' }),
  status: RunStatus,
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  step: Nullable(Type.String({ description: 'what is being done, in French; null once over' })),
  dataset: Nullable(Type.Integer({ description: 'the dataset it made; null if it was removed' })),
  code: Nullable(Type.String({ description: 'why it failed: a stable code, as in error answers' })),
  message: Nullable(Type.String({ description: 'why it ended without a dataset, in French' })),
  seconds: Nullable(Type.Number()),
  createdAt: Type.String(),
});
export type FlowRunSummary = Type.Static<typeof FlowRunSummary>;
export const FlowRunPage = Page(FlowRunSummary);
export type FlowRunPage = Type.Static<typeof FlowRunPage>;

export const FlowRun = Type.Intersect([
  FlowRunSummary,
  Type.Object({
    report: Type.Unknown({
      description:
        'what the work tells once over: FlowImportReport of an import, also of one refused for its rejected lines; CalibrationReport of a calibration',
    }),
  }),
]);
export type FlowRun = Type.Static<typeof FlowRun>;
