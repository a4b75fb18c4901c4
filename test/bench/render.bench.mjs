#!/usr/bin/env node
/**
 * `npm run bench:render`: CPU time of mails, documents and pictures, compared with well-known
 * tools
 * in the same run. With `--json`, the last line is one JSON object of the ratios.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import '../support/typescript.mjs';

const PARTNERS = 1_000;
const RECIPIENTS = 100_000;

if (process.send !== undefined) {
  const { servePartners } = await import('./crowd.ts');
  process.send(await servePartners(PARTNERS, RECIPIENTS), () => process.disconnect());
} else await main();

async function main() {
  const { table } = await import('./figures.ts');
  const { measureMessages } = await import('./message-figures.ts');
  const { measureArtwork } = await import('./artwork-figures.ts');
  say('mails: rounds in turns');
  const mails = await measureMessages();
  say('documents and pictures: rounds in turns');
  const art = await measureArtwork();
  say(`${RECIPIENTS.toLocaleString('en')} recipients of ${PARTNERS.toLocaleString('en')} partners in one process`);
  const crowd = await inAProcessOfItsOwn();

  const ratios = {
    recipientVsNaive: round(mails.naive / mails.recipient),
    recipientVsPrecompiled: round(mails.recipient / mails.precompiled, 2),
    mimeVsNodemailer: round(mails.nodemailer / mails.mime, 1),
    brandVsMjml: round(mails.naive / mails.brand),
    pdfVsPdfLib: round(art.pdfLib / art.pdf, 1),
    pdfAppendedBytes: art.appendedBytes,
    socialVsBare: round(art.social / art.bareComposite, 2),
    verifyMs: round(mails.verify, 2),
    peakRssMb: round(crowd.peakRssMb),
  };
  const kb = (mails.htmlBytes / 1000).toFixed(1);
  process.stdout.write(
    `\n${table([
      ['CPU ms, medians of interleaved rounds', '', 'goal'],
      [`Handlebars, then MJML, for every recipient (${kb} KB of HTML)`, ms(mails.naive), ''],
      ['Handlebars, compiled over finished HTML, nothing checked', ms(mails.precompiled), ''],
      [`Recipient stage, ${mails.checkedValues} values checked, HTML and text`, ms(mails.recipient), ''],
      ['  times cheaper than Handlebars, then MJML', `${ratios.recipientVsNaive}×`, '≥ 500'],
      ['  of what compiled Handlebars costs', `${ratios.recipientVsPrecompiled}×`, '≤ 2'],
      ['Brand stage, one partner', ms(mails.brand), ''],
      ['  times cheaper than Handlebars, then MJML', `${ratios.brandVsMjml}×`, '≥ 100'],
      ['nodemailer builds the message', ms(mails.nodemailer), ''],
      ['The message in pieces, values checked', ms(mails.mime), ''],
      ['  times cheaper than nodemailer', `${ratios.mimeVsNodemailer}×`, '≥ 50'],
      ['The same copied into one buffer', ms(mails.mimeBuffer), ''],
      [`Limit: filling a fresh buffer with ${kb} KB`, ms(mails.fillBuffer), ''],
      ['Verifying a message’s final bytes', ms(mails.verify), '≤ 2'],
      ['pdf-lib: load, embed, draw, save', ms(art.pdfLib), ''],
      ['Document in two locales, each, logo new to the process', ms(art.pdf), ''],
      ['  times cheaper than pdf-lib', `${ratios.pdfVsPdfLib}×`, '≥ 30'],
      ['The first of the two alone', ms(art.firstPdf), ''],
      ['  bytes appended at most', String(art.appendedBytes), '≤ 20480'],
      ['Limit: sharp composites once and writes the JPEG, 1200 × 627', ms(art.bareComposite), ''],
      ['Picture in two locales, each, logo new to the process', ms(art.social), ''],
      ['  of the limit', `${ratios.socialVsBare}×`, '≤ 1.5'],
      ['Peak memory for the crowd, MB', String(ratios.peakRssMb), '≤ 450'],
    ])}\n`,
  );
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(ratios)}\n`);
}

function inAProcessOfItsOwn() {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url));
    child.on('message', resolve);
    child.on('exit', (code) => reject(new Error(`The crowd's process ended with code ${code}.`)));
  });
}

function ms(figure) {
  return figure >= 1 ? figure.toFixed(2) : figure.toFixed(4);
}

function round(figure, digits = 0) {
  return Number(figure.toFixed(digits));
}

function say(line) {
  process.stderr.write(`  ${line} …\n`);
}
