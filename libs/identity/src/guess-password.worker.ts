import { parentPort, workerData } from 'node:worker_threads';
import { isGuessed } from './guess-password.js';

const { password, personal } = workerData as { password: string; personal: readonly string[] };
parentPort?.postMessage(isGuessed(password, personal));
