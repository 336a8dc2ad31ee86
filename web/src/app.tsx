import { AccountsDialog } from './accounts/accounts-dialog.tsx';
import { Entrance } from './accounts/entrance.tsx';
import { FirstAccountDialog } from './accounts/first-account.tsx';
import { PasswordDialog } from './accounts/password-dialog.tsx';
import { ImportDialog } from './datasets/import-dialog.tsx';
import { ModelDialog } from './datasets/model-dialog.tsx';
import { ReportDialog } from './datasets/report-dialog.tsx';
import { PrintView } from './print/view.tsx';
import { Announcer } from './shell/announcer.tsx';
import { Header } from './shell/header.tsx';
import { Help } from './shell/help.tsx';
import { LoadingScreen } from './shell/loading.tsx';
import { WorkArea } from './shell/work-area.tsx';
import { boot } from './state/boot.ts';
import { dialog } from './state/panels.ts';
import { atTheDoor } from './state/people.ts';
import { JournalDialog } from './workspaces/control/journal/dialog.tsx';

export function App() {
  if (atTheDoor.value) {
    return (
      <>
        <Entrance />
        <Announcer />
      </>
    );
  }
  const state = boot.value;
  return (
    <>
      {state.phase === 'ready' ? (
        <>
          <div class="app" inert={dialog.value === 'print'}>
            <Header region={state.region} />
            <WorkArea region={state.region} />
          </div>
          {dialog.value === 'print' && <PrintView region={state.region} />}
        </>
      ) : (
        <LoadingScreen state={state} />
      )}
      <Help />
      <ImportDialog />
      <ReportDialog />
      <ModelDialog />
      <AccountsDialog />
      <JournalDialog />
      <PasswordDialog />
      <FirstAccountDialog />
      <Announcer />
    </>
  );
}
