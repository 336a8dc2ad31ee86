import { go } from '../../../state/address.ts';
import { announce } from '../../../state/announce.ts';
import { setPanel } from '../../../state/panels.ts';

/** From the drawing of a CPTS to its versions, links and comments; the drawing waits. */
export function OpenVersions({ id, name }: { id: number; name: string }) {
  return (
    <button
      type="button"
      class="button small"
      onClick={() => {
        go({ workspace: 'control', selection: { kind: 'cpts', id } });
        setPanel('right', true);
        announce(`Espace Contrôler, CPTS «\u00a0${name}\u00a0».`);
      }}
    >
      Versions, partage et avis
    </button>
  );
}
