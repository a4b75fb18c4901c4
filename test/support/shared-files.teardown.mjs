import { rmSync } from 'node:fs';

export default function teardown() {
  const folder = process.env.THROUGHLINE_TEST_FILES;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
