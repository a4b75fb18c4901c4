import removeSeededFolder from './browser.teardown.mjs';
import stopPostgres from './postgres.teardown.mjs';

export default async function teardown() {
  removeSeededFolder();
  await stopPostgres();
}
