/**
 * Sends requests at a fixed rate from a separate thread, even if the server is slow.
 * The time of a late request counts from its scheduled start.
 * Takes `{ port, rate, asks: [{ method, path, body? }] }`, returns `{ tookMs, lost, statuses
 * }`.
 */
import { Agent, request } from 'node:http';
import { clearInterval, setInterval } from 'node:timers';
import { parentPort, workerData } from 'node:worker_threads';

const { port, rate, asks } = workerData;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const BROWSER = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15';
const tookMs = [];
const statuses = {};
let lost = 0;
let open = asks.length;

const done = () => {
  open -= 1;
  if (open === 0) parentPort.postMessage({ tookMs, lost, statuses });
};

function ask({ method, path, body }, shouldStart) {
  const headers = { 'user-agent': BROWSER };
  if (body !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  const asked = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
    response.resume().on('end', () => {
      tookMs.push(performance.now() - shouldStart);
      statuses[response.statusCode] = (statuses[response.statusCode] ?? 0) + 1;
      done();
    });
  });
  asked.on('error', () => {
    lost += 1;
    done();
  });
  asked.end(body);
}

const began = performance.now();
let next = 0;
const timer = setInterval(() => {
  const dueNow = Math.floor(((performance.now() - began) / 1000) * rate);
  while (next < asks.length && next <= dueNow) {
    ask(asks[next], began + (next / rate) * 1000);
    next += 1;
  }
  if (next >= asks.length) clearInterval(timer);
}, 1);
