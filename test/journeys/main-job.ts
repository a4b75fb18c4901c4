import { join } from 'node:path';
import { Journey, type Scene } from './journey.js';
import { ALWAYS, writePackage } from './journey-package.js';
import { describePartnerSteps } from './partner-steps.js';
import { Person } from './person.js';
import { describeSendingSteps } from './sending-steps.js';
import { describeVendorSteps } from './vendor-steps.js';

/**
 * The main job from end to end, over the HTTP API alone, as tests that build on
 * one another: a vendor publishes, a partner joins and launches, mail arrives,
 * and both can end it.
 * @returns the things that the tests made, for later tests.
 */
export function describeMainJob(open: () => Promise<Scene>): () => Journey {
  let journey: Journey;
  const on = (): Journey => journey;

  beforeAll(async () => {
    journey = new Journey(await open());
    const { folder, campaigns, scene, url } = journey;
    journey.marketer = await Person.signIn(url, scene.vendor.marketer, scene.vendor.password);
    writePackage(join(folder, campaigns.main), { name: campaigns.main, ...scene.campaign });
    const steps = [{ key: 'only', email: 'last-call' }];
    writePackage(join(folder, campaigns.canary), { name: campaigns.canary, window: ALWAYS, steps, withoutPosts: true });
  });
  afterAll(() => {
    journey.end();
  });

  describeVendorSteps(on);
  describePartnerSteps(on);
  describeSendingSteps(on);
  return on;
}
