import { ConfigError } from '#config';
import { readSettings } from './settings.js';

const refusalOf = (args: readonly string[], environment: Record<string, string> = {}): readonly string[] => {
  try {
    readSettings(args, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the settings of npm start', () => {
  it('all have defaults', () => {
    const { options, config } = readSettings([], {});
    expect(options).toMatchObject({ port: 3000, mailboxPort: 1080, smtpPort: 1025, host: '127.0.0.1' });
    expect(config).toMatchObject({
      PUBLIC_URL: 'http://localhost:3000',
      SMTP_URL: 'smtp://127.0.0.1:1025',
      SECURE_COOKIES: false,
    });
  });

  it('are read from flags before variables', () => {
    const { options, config } = readSettings(['--port', '4000', '--smtp-port=4025'], {
      PORT: '5000',
      MAILBOX_PORT: '5080',
    });
    expect(options).toMatchObject({ port: 4000, mailboxPort: 5080, smtpPort: 4025 });
    expect(config).toMatchObject({ PORT: 4000, PUBLIC_URL: 'http://localhost:4000' });
  });

  it('ignore the database address of another program', () => {
    const { config } = readSettings([], { DATABASE_URL: 'mysql://shop', REDIS_URL: 'memcached://x', SECRET_KEY: '' });
    expect(config.DATABASE_URL).toContain('throughline');
  });

  it('leave the inbox on this machine whatever --host says', () => {
    expect(readSettings(['--host', '0.0.0.0'], {}).config).toMatchObject({
      BIND_ADDRESS: '0.0.0.0',
      SMTP_URL: 'smtp://127.0.0.1:1025',
    });
  });

  it('are refused with all problems of flags and variables at once', () => {
    const problems = refusalOf(['--prot', '4000', '--mailbox-port', 'many', '--host'], {
      SMTP_PORT: '70000',
      LOG_LEVEL: 'loud',
    });
    expect(problems).toEqual([
      expect.stringMatching(/^--prot is no flag/),
      expect.stringMatching(/^4000 is no flag/),
      '--host needs a value',
      '--mailbox-port is not a number: many',
      'SMTP_PORT is above 65535: 70000',
      expect.stringMatching(/^LOG_LEVEL /),
    ]);
  });

  it('are refused when two servers would share a port', () => {
    expect(refusalOf(['--port', '1080'])).toEqual([
      '--port 1080, --mailbox-port 1080 and --smtp-port 1025 must differ',
    ]);
  });
});
