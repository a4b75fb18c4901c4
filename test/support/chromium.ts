import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

/**
 * The headless shell has no window around its pages. The whole browser takes a
 * third more processor time.
 */
const CHROMIUM = '/usr/bin/chromium-headless-shell';
/** Test machines have no graphics card, and emulating one is slow. */
const DRAWN_BY_HAND = ['--disable-gpu', '--disable-gpu-rasterization'];

/** A real Chromium. @throws Error when it is not installed. */
export async function launchChromium({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(`There is no Chromium at ${CHROMIUM}: sudo apt-get install chromium-headless-shell.`);
  // Chromium refuses its sandbox when root starts it, as in a container.
  const unboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args: [...DRAWN_BY_HAND, ...unboxed, ...args], ...options });
}
