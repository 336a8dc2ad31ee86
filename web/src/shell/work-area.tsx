import { computed, effect, untracked, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { mainMap } from '../map/main-map.ts';
import type { Pointed } from '../map/pointer.ts';
import type { Scene } from '../map/scene.ts';
import { MapView } from '../map/view.tsx';
import { PrintButton } from '../print/button.tsx';
import { workspace as current, type Workspace } from '../state/address.ts';
import { drawerOpen, isPhone, leftOpen, rightOpen, setPanel } from '../state/panels.ts';
import { type Region, unitOf } from '../state/region.ts';
import { workspaceOf } from '../workspaces/registry.ts';
import { DataLine } from './data-line.tsx';
import { Drawer } from './drawer.tsx';
import { HoverCard } from './hover-card.tsx';
import { Legend } from './legend.tsx';
import { Panel } from './panel.tsx';
import { Peek } from './peek.tsx';
import { Remarks, RemarksButton } from './remarks.tsx';
import { onShortcut } from './shortcuts.ts';

/** The map between the panels of the workspace, over the table. */
export function WorkArea({ region }: { region: Region }) {
  const pointed = useSignal<Pointed | null>(null);
  const scene = useMemo(
    () => computed<Scene | null>(() => workspaceOf(current.value).scene(region)),
    [region],
  );
  const second = useMemo(
    () => computed(() => workspaceOf(current.value).second?.(region) ?? null),
    [region],
  );
  const secondScene = useMemo(() => computed(() => second.value?.scene ?? null), [second]);
  const beside = second.value;
  // Two maps on a phone or over the table: a legend would hide half of one.
  const cramped = beside !== null && (isPhone.value || drawerOpen.value);
  const workspace = workspaceOf(current.value);
  const tapped = useSignal<{ unit: number; workspace: Workspace } | null>(null);
  const tap = (unit: number) => {
    tapped.value = { unit, workspace: current.value };
    if (!isPhone.value) setPanel('right', true);
  };

  const shared = {
    region,
    pointed,
    onUnit(unit: number) {
      workspace.onUnit(region, unit);
      tap(unit);
    },
    onMark(code: string) {
      workspace.onMark(region, code);
      tap(unitOf(region, code)!);
    },
  };

  useEffect(
    () => effect(() => workspaceOf(current.value).onPoint?.(pointed.value?.unit ?? null)),
    [pointed],
  );
  useEffect(
    () =>
      effect(() => {
        const [map, { attach }] = [mainMap.value, workspaceOf(current.value)];
        if (map && attach) return untracked(() => attach(map, region));
      }),
    [region],
  );
  useEffect(() => {
    addEventListener('keydown', onShortcut);
    return () => removeEventListener('keydown', onShortcut);
  }, []);

  return (
    <main class="work-area">
      <div class="work-row" id="work-area" role="tabpanel" aria-labelledby={`tab-${current.value}`}>
        <Panel side="left" label={workspace.leftLabel} open={leftOpen}>
          <workspace.Left region={region} />
        </Panel>
        <section class="map" aria-label="Carte">
          <div class={beside ? 'map-panes two' : 'map-panes'}>
            <div class="map-pane">
              {beside && <p class="map-title">{beside.titles[0]}</p>}
              <div class="map-room">
                <MapView {...shared} scene={scene} />
                <HoverCard {...{ region, pointed }} fact={(at) => workspace.fact(region, at)} />
                {scene.value === null && <MapNotice text={workspace.waiting()} />}
              </div>
            </div>
            {beside && (
              <div class="map-pane">
                <p class="map-title">
                  {beside.titles[1]}
                  <button
                    type="button"
                    class="icon-button"
                    aria-label="Quitter la comparaison"
                    title="Quitter la comparaison (C)"
                    onClick={beside.leave}
                  >
                    ✕
                  </button>
                </p>
                <div class="map-room">
                  <MapView {...shared} scene={secondScene} second />
                  <HoverCard {...{ region, pointed }} fact={beside.fact} />
                  {secondScene.value === null && <MapNotice text={beside.waiting} />}
                </div>
              </div>
            )}
          </div>
          {isPhone.value && !beside && <p class="map-region">{region.health.region.name}</p>}
          {isPhone.value && !leftOpen.value && !rightOpen.value && (
            <Peek
              region={region}
              tapped={tapped.value?.workspace === current.value ? tapped.value.unit : null}
              onClose={() => {
                tapped.value = null;
              }}
            />
          )}
          <Legend key={String(cramped)} region={region} cramped={cramped} />
        </section>
        <Panel side="right" label={workspace.rightLabel} open={rightOpen}>
          <workspace.Right region={region} />
        </Panel>
      </div>
      {drawerOpen.value && <Drawer />}
      <footer class="status-bar">
        {isPhone.value && (
          <>
            <SheetButton side="left" label={workspace.leftLabel} />
            <SheetButton side="right" label={workspace.rightLabel} />
          </>
        )}
        <SheetButton side="drawer" label="Tableau" />
        <PrintButton ready={scene.value !== null} />
        <RemarksButton region={region} />
        <DataLine region={region} />
      </footer>
      <Remarks region={region} />
    </main>
  );
}

function SheetButton({ side, label }: { side: 'left' | 'right' | 'drawer'; label: string }) {
  const open = { left: leftOpen, right: rightOpen, drawer: drawerOpen }[side].value;
  return (
    <button
      type="button"
      class="button small"
      aria-expanded={open}
      onClick={() => setPanel(side, !open)}
    >
      {label} <span aria-hidden="true">{open ? '▾' : '▴'}</span>
    </button>
  );
}

/** Over the land while what it should show is on its way. */
function MapNotice({ text }: { text: string }) {
  return (
    <p class="map-notice" role="status">
      {text}
    </p>
  );
}
