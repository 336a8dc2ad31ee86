// Node 20 starts worker threads without the TypeScript loader of their parent: register it here,
// then run the worker that was asked for.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.module);
