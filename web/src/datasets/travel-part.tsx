import { counted } from '../french/numbers.ts';
import { FailureNotice } from '../shell/notice.tsx';
import { betaUnit } from '../state/flow-models.ts';
import {
  distanceUnit,
  leaveTravelTimes,
  sendingTravel,
  takeTravelTimes,
  travelFailure,
  travelTimes,
} from '../state/travel-times.ts';
import { Sending } from './choose-file.tsx';

/** Distances as the crow flies, or a table of travel times. */
export function TravelPart() {
  const times = travelTimes.value;
  const sending = sendingTravel.value;
  return (
    <details
      class="card"
      open={
        times !== null ||
        sending !== null ||
        travelFailure.value !== null ||
        betaUnit.value !== distanceUnit()
      }
    >
      <summary>
        Distances&nbsp;:{' '}
        {times ? `temps de trajet de «\u00a0${times.file}\u00a0»` : 'à vol d’oiseau'}
      </summary>
      {sending ? (
        <Sending {...sending} />
      ) : (
        <>
          {times && <Found />}
          <p class="quiet">
            Un fichier (origine, destination, minutes) donne des temps de trajet au lieu des
            kilomètres&nbsp;: β est alors en minutes, un trajet donné dans un sens vaut pour les
            deux, une paire absente ne se parcourt pas.
          </p>
          <p class="button-row">
            <label class="button file-button">
              {times ? 'Un autre fichier…' : 'Choisir un fichier…'}
              <input
                class="visually-hidden"
                type="file"
                onChange={({ currentTarget }) => {
                  const file = currentTarget.files?.[0];
                  currentTarget.value = '';
                  if (file) void takeTravelTimes(file);
                }}
              />
            </label>
            {times && (
              <button type="button" class="button" onClick={leaveTravelTimes}>
                Revenir au vol d’oiseau
              </button>
            )}
          </p>
        </>
      )}
      {betaUnit.value !== distanceUnit() && (
        <p class="notice notice-amber" role="status">
          β était en {betaUnit.value === 'km' ? 'kilomètres' : 'minutes'}&nbsp;: il se lit
          maintenant en {distanceUnit() === 'km' ? 'kilomètres' : 'minutes'}. Donnez-en un autre, ou
          calez de nouveau.
        </p>
      )}
      {travelFailure.value && <FailureNotice error={travelFailure.value} />}
    </details>
  );
}

function Found() {
  const times = travelTimes.value;
  if (!times) return null;
  return (
    <div role="status">
      <p>{counted(times.pairs, 'trajet possible', 'trajets possibles')} entre deux communes.</p>
      {times.alone > 0 && (
        <p class="notice notice-amber">
          {counted(times.alone, 'commune n’a', 'communes n’ont')} aucun trajet vers une autre&nbsp;:
          leurs habitants ne seront soignés que sur place, ou nulle part.
        </p>
      )}
      {times.remarks.length > 0 && (
        <ul class="quiet">
          {times.remarks.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
