import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { nodeFlagsOf } from '../support/compose.js';
import { until } from '../support/until.js';

type App = 'standalone' | 'api' | 'renderer' | 'scheduler' | 'cli';

const START_MS = 100_000;

/** A built process of the product, as an operator runs it. */
export class ServerProcess {
  /** The exit code, or null after a signal. */
  readonly ended: Promise<number | null>;
  private printed = '';
  private over = false;

  private constructor(
    private readonly app: string,
    private readonly child: ChildProcess,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.printed += chunk.toString('utf8')));
    child.stderr?.on('data', (chunk: Buffer) => (this.printed += chunk.toString('utf8')));
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => {
        this.over = true;
        resolve(code);
      });
    });
  }

  /**
   * @param home the folder of the product whose build runs. Default: this one.
   */
  static start(
    app: App,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    home = packageRoot(),
  ): ServerProcess {
    return ServerProcess.run(app, `dist/apps/${app}/src/main.js`, args, environment, home);
  }

  /** The command line of an npm script. */
  static script(name: 'reset' | 'start', args: readonly string[]): ServerProcess {
    return ServerProcess.run(name, `scripts/${name}.mjs`, args, {}, packageRoot());
  }

  private static run(
    name: string,
    file: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    home: string,
  ): ServerProcess {
    const { PATH = '', HOME = '' } = process.env;
    return new ServerProcess(
      name,
      spawn(process.execPath, [...nodeFlagsOf(name), join(home, file), ...args], {
        cwd: home,
        env: { PATH, HOME, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** All output. */
  get output(): string {
    return this.printed;
  }

  /** The lines of its structured log. */
  get log(): string[] {
    return this.printed.split('\n').filter((line) => line.startsWith('{"level":'));
  }

  /** Log lines of errors. */
  get errors(): string[] {
    return this.log.filter((line) => /^\{"level":[56]0,/.test(line));
  }

  /**
   * Waits for a fact about a starting process, and ends the process if it does
   * not come true.
   * @throws Error with its output if it ends instead.
   */
  async untilUp(fact: () => Promise<boolean> | boolean, timeoutMs = START_MS): Promise<void> {
    const hasCome = async (): Promise<boolean> => {
      if (this.over) throw new Error(`${this.app} ended instead of starting:\n${this.printed}`);
      return fact();
    };
    try {
      await until(hasCome, `${this.app} to start`, timeoutMs);
    } catch (error) {
      await this.end('SIGKILL');
      throw error;
    }
  }

  /** Sends a signal and waits for the end. */
  async end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    if (!this.over) this.child.kill(signal);
    return this.ended;
  }
}

/** Whether a server reports ready. */
export async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Whether a server listens on a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
