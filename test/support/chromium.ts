import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

/** Chromium without a window around its pages, which nobody sees here: the whole browser takes a third more of a machine. */
const CHROMIUM = '/usr/bin/chromium-headless-shell';
/** There is no graphics card: what would be drawn by one is drawn by imitating it, slowly. */
const DRAWN_BY_HAND = ['--disable-gpu', '--disable-gpu-rasterization'];

/** A real Chromium. @throws Error when it is not installed. */
export async function launchChromium({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(`There is no Chromium at ${CHROMIUM}: sudo apt-get install chromium-headless-shell.`);
  // Started by root, as in a container, Chromium has no sandbox of its own.
  const unboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: CHROMIUM, args: [...DRAWN_BY_HAND, ...unboxed, ...args], ...options });
}
