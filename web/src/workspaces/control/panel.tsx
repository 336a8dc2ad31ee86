import { FailureNotice, Loaded } from '../../shell/notice.tsx';
import { coverage, retryCoverage } from '../../state/control/coverage.ts';
import { coverageShares } from '../../state/control/shares.ts';
import { cptsState, dayShown, overlapsState, retryDay } from '../../state/control/then.ts';
import { loadCpts, refreshCpts, refreshFailure } from '../../state/cpts.ts';
import { can } from '../../state/people.ts';
import type { Region } from '../../state/region.ts';
import { CptsList } from './cpts-list.tsx';
import { CoverageBars, CoverageByDepartment } from './dashboard/coverage-bars.tsx';
import { Filters } from './dashboard/filters.tsx';
import { Looks } from './dashboard/looks.tsx';
import { Overlaps } from './dashboard/overlaps.tsx';
import { ToDecide } from './dashboard/to-decide.tsx';
import { Zones } from './dashboard/zones.tsx';
import { OpenJournal } from './journal/dialog.tsx';
import { ImportList } from './list/import-list.tsx';

/** How the region is covered, what waits for a decision, and every CPTS. */
export function ControlPanel({ region }: { region: Region }) {
  const past = dayShown.value !== null;
  const retry = () => (past ? retryDay() : void loadCpts());
  return (
    <>
      {refreshFailure.value && (
        <FailureNotice
          lead="Ces listes n’ont pas pu être relues et datent peut-être d’avant la dernière décision."
          error={refreshFailure.value}
          retry={() => void refreshCpts()}
        />
      )}
      <Filters region={region} />
      <Loaded state={cptsState.value} what="Chargement des CPTS" retry={retry}>
        {(all) => {
          const shares = coverageShares(region, all);
          return (
            <>
              <CoverageBars shares={shares} />
              {!past && <ToDecide region={region} />}
              <CoverageByDepartment region={region} shares={shares} />
            </>
          );
        }}
      </Loaded>
      <Pressing region={region} retry={retry} />
      <Loaded state={cptsState.value} what="Chargement des CPTS" retry={retry}>
        {() => <CptsList />}
      </Loaded>
      {!past && <ImportList region={region} />}
      {can('decide') && <OpenJournal />}
    </>
  );
}

/** What calls for a word of the ARS, though nobody asked. */
function Pressing({ region, retry }: { region: Region; retry: () => void }) {
  return (
    <>
      <Loaded state={overlapsState.value} what="Recherche des chevauchements" retry={retry}>
        {(pairs) => <Overlaps pairs={pairs} />}
      </Loaded>
      <Loaded
        state={coverage.state.value}
        what="Recherche des zones blanches"
        retry={retryCoverage}
      >
        {() => (
          <>
            <Zones region={region} />
            <Looks />
          </>
        )}
      </Loaded>
    </>
  );
}
