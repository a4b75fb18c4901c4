const STEPS = [
  { label: '1 hour', name: 'hours', value: 1 },
  { label: '1 day', name: 'days', value: 1 },
  { label: '4 days', name: 'days', value: 4 },
  { label: '1 week', name: 'days', value: 7 },
  { label: '3 weeks', name: 'days', value: 21 },
] as const;

const frame = (body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Throughline: time</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 34rem; margin: 12vh auto 0; padding: 0 1.25rem; }
  time { display: block; font-size: 2rem; font-variant-numeric: tabular-nums; margin: .5rem 0; }
  form { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
  button { font: inherit; padding: .6rem 1rem; border: 1px solid #8888; border-radius: .5rem;
    background: #4361ee; color: #fff; cursor: pointer; }
  p { color: #666; } @media (prefers-color-scheme: dark) { p { color: #aaa; } }
</style></head>
<body><h1>Time</h1>
${body}
</body></html>`;

/**
 * The page of the demonstration's clock. It needs no script.
 * @param note the result of the last button if the clock did not move; else
 *   null.
 */
export function timePage(now: Date, aheadMs: number, note: string | null): string {
  const ahead =
    aheadMs === 0 ? 'the same as this machine’s' : `${(aheadMs / 86_400_000).toFixed(1)} days ahead of this machine’s`;
  const buttons = STEPS.map(
    ({ label, name, value }) => `<button name="${name}" value="${value}">+ ${label}</button>`,
  ).join('');
  return frame(`<time datetime="${now.toISOString()}">${now.toUTCString()}</time>
${note === null ? '' : `<p role="status">${note}</p>`}
<p>The clock of the product is ${ahead}.
Move it forward to see a three-week sequence in a minute: e-mails that become due are sent at once.</p>
<form method="post" action="/time/next-email"><button>To the next e-mail</button></form>
<form method="post" action="/time">${buttons}</form>
<p>E-mails are sent in the campaign’s working hours, in each recipient’s time zone.
At night and at weekends there may be nothing to see.</p>`);
}

/** The page for a request that another site sent: nothing was changed. */
export function foreignPage(): string {
  return frame('<p>The clock was not changed. Use the page <a href="/time">Time</a> of this installation.</p>');
}
