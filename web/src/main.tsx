import '@fontsource-variable/inter/index.css';
import 'maplibre-gl/dist/maplibre-gl.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/panels.css';
import './styles/table.css';
import './styles/map.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { followHistory } from './state/address.ts';
import { start } from './state/boot.ts';
import { followScreen } from './state/panels.ts';
import { followAddress } from './state/session.ts';

followHistory();
followScreen();
followAddress();
render(<App />, document.getElementById('app')!);
void start();
