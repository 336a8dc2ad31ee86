import { Announcer } from '../shell/announcer.tsx';
import { SharedPage } from './page.tsx';

/** The page of a shared link, in place of the three workspaces. */
export function SharedApp({ token }: { token: string }) {
  return (
    <>
      <SharedPage token={token} />
      <Announcer />
    </>
  );
}
