import { scrub } from './logger.service.js';

describe('the log', () => {
  it('contains no mail address', () => {
    expect(scrub('RCPT TO:<ann.oneil@example.com> refused (ann@example.com)')).toBe(
      'RCPT TO:<[address]> refused ([address])',
    );
  });

  it('contains no API key', () => {
    expect(scrub('Bearer tl_0123456789abcdefghij')).toBe('Bearer [secret]');
  });

  it('contains no password of a connection URL', () => {
    expect(scrub('connect postgres://app:hunter2@db:5432/x')).not.toContain('hunter2');
  });
});
