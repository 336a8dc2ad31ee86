import { readConfig } from '../../server/config.ts';
import { startServer } from '../../server/main.ts';

/** The server in a process of its own, to be killed: no page is built. Says where once it is ready. */
const server = await startServer(readConfig().config, { begin() {}, progress() {}, end() {} });
await server.loaded;
process.stdout.write(`ready at ${server.address}\n`);
