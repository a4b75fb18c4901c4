import { scrub } from './logger.service.js';

describe('the log', () => {
  it('has no mail address in it', () => {
    expect(scrub('RCPT TO:<ann.oneil@example.com> refused (ann@example.com)')).toBe(
      'RCPT TO:<[address]> refused ([address])',
    );
  });

  it('has no API key in it', () => {
    expect(scrub('Bearer tl_0123456789abcdefghij')).toBe('Bearer [secret]');
  });

  it('has no password of a connection in it', () => {
    expect(scrub('connect postgres://app:hunter2@db:5432/x')).not.toContain('hunter2');
  });
});
