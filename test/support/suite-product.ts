import type { Browser } from './api.js';
import { openTestProduct, type TestProduct } from './test-product.js';

/** The product of the suite that runs. Suites of a group run one after the other. */
export let stage: TestProduct;
/** Of its partner. */
export let owner: Browser;
export let http: TestProduct['api']['http'];
/** Of its campaign. */
export let versionId: string;

/** One product for all tests of a suite, each of which begins in working hours. Called where the suite is described. */
export function openForSuite(...options: Parameters<typeof openTestProduct>): void {
  beforeAll(async () => {
    stage = await openTestProduct(...options);
    ({ owner } = stage.partner);
    ({ http } = stage.api);
    ({ versionId } = stage.campaign);
  });
  beforeEach(() => stage.toWorkingHours());
  afterAll(() => stage.close());
}
