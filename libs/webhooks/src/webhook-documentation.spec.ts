import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WEBHOOK_EVENTS, type WebhookEventType } from '#contracts';
import { packageRoot } from '#kernel';
import { RETRY_SECONDS } from './retry-schedule.js';

const TEXT = readFileSync(join(packageRoot(), 'docs/webhooks.md'), 'utf8');
const TYPES = Object.keys(WEBHOOK_EVENTS) as WebhookEventType[];
const DESCRIBED = [...TEXT.matchAll(/^### `([\w.-]+)`\n\nTo: ([\w, ]+)\. .+?\n```json\n(.+?)\n```/gms)].map(
  ([, type = '', audience = '', example = '']) => ({
    type: type as WebhookEventType,
    audience: audience.split(', '),
    example: JSON.parse(example) as { type: string; timestamp: string; data: unknown },
  }),
);

describe('the documentation of webhooks', () => {
  it('describes every event, and no other', () => {
    expect(DESCRIBED.map(({ type }) => type)).toEqual(TYPES);
  });

  it.each(DESCRIBED)('shows $type as it is sent, with its audience', ({ type, audience, example }) => {
    expect(Object.keys(example)).toEqual(['type', 'timestamp', 'data']);
    expect(example.type).toBe(type);
    expect(WEBHOOK_EVENTS[type].data.parse(example.data)).toEqual(example.data);
    expect(audience).toEqual(WEBHOOK_EVENTS[type].audience);
  });

  it('names every wait between two attempts', () => {
    const said = /tried eleven times: at once,\s+then after (.+?) \(/s.exec(TEXT)?.[1] ?? '';
    const units = { s: 1, min: 60, h: 3600 } as const;
    const waits = [...said.matchAll(/(\d+) (s|min|h)\b/g)].map(([, n, unit]) => Number(n) * units[unit as 'h']);
    expect(waits).toEqual([...RETRY_SECONDS]);
  });

  it('carries no contact in events for vendors', () => {
    for (const type of TYPES) {
      const { audience, data } = WEBHOOK_EVENTS[type];
      if (!(audience as readonly string[]).includes('vendor')) continue;
      expect(Object.keys(data.shape)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(contact|enrolment|message|lead)Id$|email|name|person/)]),
      );
    }
  });
});
