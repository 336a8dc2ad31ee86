import { departmentNames, epciNames } from '../imports/area-names.ts';
import { listCommunes } from '../imports/schematic/commune-list.ts';
import { serveTask } from './task.ts';

export interface OfficialNames {
  /** postal codes of each commune, separated by spaces */
  postalOf: Map<string, string>;
  /** name of each EPCI */
  epciOf: Map<string, string>;
  /** name of each department */
  departmentOf: Map<string, string>;
}

await serveTask<null, OfficialNames>(() => ({
  postalOf: new Map(listCommunes().map(({ code, postalCodes }) => [code, postalCodes.join(' ')])),
  epciOf: epciNames(),
  departmentOf: departmentNames(),
}));
