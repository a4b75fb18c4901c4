#!/usr/bin/env node
/**
 * Draws the pictures and documents of the shipped campaigns and the logos of
 * the seeded partners: `node scripts/artwork/draw.mjs`. Everything is made of
 * shapes. Run it again after a change to the brochures' texts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fontkit from '@cantoo/fontkit';
import { PDFDocument, rgb } from 'pdf-lib';
import sharp from 'sharp';
import { parse } from 'yaml';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
process.env.FONTCONFIG_FILE = join(root, 'libs/artwork/fonts/fonts.conf');
const font = (name) => readFileSync(join(root, `libs/artwork/fonts/${name}.ttf`));
const svg = (width, height, body) =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${body}</svg>`,
  );
const range = (count) => Array.from({ length: count }, (_, at) => at);

const northwind = svg(
  600,
  136,
  '<path d="M20 112 L68 24 L116 112 L92 112 L68 66 L44 112 Z" fill="#12263f"/><circle cx="68" cy="24" r="11" fill="#2f80ed"/><text x="146" y="92" font-family="Noto Sans" font-weight="bold" font-size="66" fill="#12263f">Northwind</text>',
);

const rings = svg(
  1200,
  520,
  `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#071a33"/><stop offset=".6" stop-color="#0d3b73"/><stop offset="1" stop-color="#1f6fc5"/></linearGradient><radialGradient id="s"><stop offset="0" stop-color="#ffffff"/><stop offset=".3" stop-color="#9cc9ff"/><stop offset="1" stop-color="#9cc9ff" stop-opacity="0"/></radialGradient></defs><rect width="1200" height="520" fill="url(#g)"/>` +
    range(9)
      .map(
        (at) =>
          `<circle cx="820" cy="270" r="${50 + at * 52}" fill="none" stroke="#bfe0ff" stroke-opacity="${0.42 - at * 0.042}" stroke-width="${3 - at * 0.2}" stroke-dasharray="${at % 2 ? '2 14' : 'none'}"/>`,
      )
      .join('') +
    range(26)
      .map(
        (at) =>
          `<circle cx="${820 + Math.cos(at * 2.4) * (100 + (at % 8) * 50)}" cy="${270 + Math.sin(at * 2.4) * (100 + (at % 8) * 50)}" r="${4 + (at % 3) * 2}" fill="#d8ecff" fill-opacity=".8"/>`,
      )
      .join('') +
    '<circle cx="820" cy="270" r="90" fill="url(#s)"/><circle cx="820" cy="270" r="16" fill="#ffffff"/>',
);
const bars = svg(
  1200,
  520,
  '<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#062b2a"/><stop offset="1" stop-color="#12857b"/></linearGradient></defs><rect width="1200" height="520" fill="url(#g)"/>' +
    range(22)
      .map(
        (at) =>
          `<rect x="${70 + at * 50}" y="${440 - (at < 12 ? 60 + at * 26 : 372 - (at - 12) * 22)}" width="30" height="${at < 12 ? 60 + at * 26 : 372 - (at - 12) * 22}" rx="8" fill="#9ff0e2" fill-opacity="${0.18 + (at % 4) * 0.07}"/>`,
      )
      .join('') +
    '<path d="M70 400 C 260 380, 420 180, 640 120 S 900 250, 1140 250" fill="none" stroke="#ffffff" stroke-width="7" stroke-linecap="round"/><circle cx="1140" cy="250" r="15" fill="#ffffff"/>',
);

const gradient = (from, to) =>
  `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="1200" height="520" fill="url(#g)"/>`;
/** A clock whose minutes are bars, a wave of them going out. */
const minutes = svg(
  1200,
  520,
  gradient('#2b1440', '#8a4bc0') +
    [
      [420, 250, 230],
      [640, 290, 190],
      [840, 230, 150],
    ]
      .map(([x, y, r]) => `<circle cx="${x}" cy="${y}" r="${r}" fill="#e9d5ff" fill-opacity=".14"/>`)
      .join('') +
    range(60)
      .map((at) => {
        const turn = (at / 60) * Math.PI * 2 - Math.PI / 2;
        const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
        const outer = at % 5 === 0 ? 196 : 186;
        return `<path d="M${(600 + cos * 164).toFixed(1)} ${(260 + sin * 164).toFixed(1)} L${(600 + cos * outer).toFixed(1)} ${(260 + sin * outer).toFixed(1)}" stroke="#ffffff" stroke-opacity="${at < 48 ? 0.85 : 0.25}" stroke-width="5" stroke-linecap="round"/>`;
      })
      .join('') +
    '<path d="M600 260 L600 130 M600 260 L694 314" stroke="#ffffff" stroke-width="9" stroke-linecap="round"/><circle cx="600" cy="260" r="13" fill="#ffffff"/>',
);
/** Check marks that rise over hills. */
const hills = svg(
  1200,
  520,
  gradient('#062b2a', '#17907f') +
    [
      ['M0 430 C 220 330, 420 470, 640 400 S 1010 330, 1200 420 V520 H0 Z', 0.16],
      ['M0 480 C 260 400, 520 500, 760 450 S 1060 410, 1200 470 V520 H0 Z', 0.26],
    ]
      .map(([path, opacity]) => `<path d="${path}" fill="#b9f4e6" fill-opacity="${opacity}"/>`)
      .join('') +
    range(5)
      .map((at) => {
        const [x, y] = [210 + at * 195, 330 - at * 44];
        return `<circle cx="${x}" cy="${y}" r="62" fill="#ffffff" fill-opacity="${0.1 + at * 0.05}"/><path d="M${x - 26} ${y + 2} l18 20 l36 -42" fill="none" stroke="#ffffff" stroke-width="11" stroke-linecap="round" stroke-linejoin="round"/>`;
      })
      .join(''),
);
/** A path that winds between hills to a light. */
const path = svg(
  1200,
  520,
  gradient('#3f1710', '#c4573c') +
    '<circle cx="820" cy="150" r="70" fill="#ffe3d6" fill-opacity=".9"/><circle cx="820" cy="150" r="118" fill="#ffe3d6" fill-opacity=".16"/>' +
    '<path d="M0 300 C 240 180, 420 330, 700 230 S 1080 210, 1200 280 V520 H0 Z" fill="#7c2d1c" fill-opacity=".75"/><path d="M0 390 C 300 290, 560 430, 820 340 S 1110 330, 1200 390 V520 H0 Z" fill="#5c2013" fill-opacity=".85"/>' +
    '<path d="M430 520 C 520 440, 760 430, 700 360 S 560 300, 690 268 S 800 232, 818 214" fill="none" stroke="#ffe3d6" stroke-width="16" stroke-linecap="round" stroke-dasharray="2 30"/>',
);
/** Two arcs that close to a circle. */
const arcs = svg(
  1200,
  520,
  gradient('#0b2447', '#2f7bd0') +
    range(6)
      .map(
        (at) =>
          `<circle cx="600" cy="260" r="${60 + at * 62}" fill="none" stroke="#bfe0ff" stroke-opacity="${0.22 - at * 0.03}" stroke-width="2"/>`,
      )
      .join('') +
    '<path d="M600 90 A170 170 0 0 1 600 430" fill="none" stroke="#ffffff" stroke-width="26" stroke-linecap="round"/><path d="M560 425 A170 170 0 0 1 560 95" fill="none" stroke="#8fc7ff" stroke-width="26" stroke-linecap="round"/><path d="M548 58 L604 92 L556 138 Z" fill="#8fc7ff"/><path d="M612 462 L556 428 L604 382 Z" fill="#ffffff"/>',
);

/** What an author replaces in a layout. */
const yourLogo = svg(
  300,
  80,
  '<rect x="2" y="2" width="296" height="76" rx="10" fill="#f6f8fb" stroke="#98a2b3" stroke-width="2" stroke-dasharray="8 7"/><text x="150" y="49" text-anchor="middle" font-family="Noto Sans" font-weight="bold" font-size="26" fill="#5b6472">LOGO</text>',
);
const yourPicture = svg(
  1200,
  520,
  '<rect width="1200" height="520" fill="#e4e9f1"/><circle cx="840" cy="170" r="54" fill="#c3ccd9"/><path d="M180 420 L450 170 L640 346 L760 250 L1020 420 Z" fill="#c3ccd9"/>',
);

async function pictures() {
  const layouts = join(root, 'templates/layouts/images');
  for (const [name, source] of [
    ['your-logo', yourLogo],
    ['your-picture', yourPicture],
  ])
    writeFileSync(
      join(layouts, `${name}.png`),
      await sharp(source).png({ compressionLevel: 9, palette: true }).toBuffer(),
    );
  for (const [campaign, hero] of [
    ['zero-trust-edge', rings],
    ['cloud-cost-clarity', bars],
    ['webinar-invitation', minutes],
    ['security-health-check', hills],
    ['customer-story', path],
    ['contract-renewal', arcs],
  ]) {
    const folder = join(root, 'templates', campaign, 'images');
    writeFileSync(join(folder, 'hero.jpg'), await sharp(hero).jpeg({ quality: 84 }).toBuffer());
    writeFileSync(
      join(folder, 'northwind.png'),
      await sharp(northwind).resize(600).png({ compressionLevel: 9 }).toBuffer(),
    );
  }
}

const colour = (hex) => rgb(...[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255));

/** Two A4 pages with a partner's slots as form fields named tc.<slot>. */
async function brochure(campaign, locale, hero, ink) {
  const copy = parse(readFileSync(join(root, 'templates', campaign, 'locales', `${locale}.yaml`), 'utf8'));
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit);
  const [regular, bold] = [
    await document.embedFont(font('NotoSans-Regular'), { subset: true }),
    await document.embedFont(font('NotoSans-Bold'), { subset: true }),
  ];
  document.setTitle(copy.brochure.title);
  document.setLanguage(locale);
  const [one, two] = [document.addPage([595.28, 841.89]), document.addPage([595.28, 841.89])];
  const image = await document.embedJpg(await sharp(hero).resize(1400).jpeg({ quality: 80 }).toBuffer());
  const text = (page, words, { x = 48, y, size = 11, width = 499, face = regular, tint = '#27303f' }) => {
    let line = '';
    const put = (finished) => {
      page.drawText(finished, { x, y, size, font: face, color: colour(tint) });
      y -= size * 1.45;
    };
    for (const word of words.split(' ')) {
      if (line && face.widthOfTextAtSize(`${line} ${word}`, size) > width) {
        put(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    put(line);
    return y;
  };
  const mark = await document.embedPng(await sharp(northwind).resize(600).png().toBuffer());
  one.drawImage(mark, { x: 48, y: 772, width: 132, height: 30 });
  one.drawImage(image, { x: 0, y: 486, width: 595.28, height: 258 });
  let y = text(one, copy.welcome.title, { y: 440, size: 27, face: bold, tint: '#101828' });
  y = text(one, copy.landing.lead, { y: y - 8, size: 13.5 });
  text(one, copy.welcome.body, { y: y - 14, size: 11 });
  one.drawRectangle({ x: 0, y: 84, width: 595.28, height: 96, color: colour(ink) });
  [1, 2, 3].forEach((at) => {
    one.drawText(copy.welcome[`n${at}`], { x: 48 + (at - 1) * 172, y: 136, size: 22, font: bold, color: rgb(1, 1, 1) });
    text(one, copy.welcome[`l${at}`], { x: 48 + (at - 1) * 172, y: 116, size: 9.5, width: 150, tint: '#ffffff' });
  });
  text(one, copy.legal.figures, { y: 62, size: 7, tint: '#5b6472' });
  y = text(two, copy.landing.what, { y: 772, size: 22, face: bold, tint: '#101828' });
  for (const at of [1, 2, 3]) {
    y = text(two, copy.landing[`p${at}`], { y: y - 16, size: 13, face: bold, tint: ink });
    y = text(two, copy.landing[`t${at}`], { y: y - 2, size: 11 });
  }
  y = text(two, copy.proof.title, { y: y - 26, size: 16, face: bold, tint: '#101828' });
  y = text(two, copy.proof.body, { y: y - 4, size: 11 });
  y = text(two, copy.proof.quote, { y: y - 16, size: 13, tint: ink });
  text(two, copy.proof.who, { y: y - 2, size: 9, tint: '#5b6472' });
  two.drawRectangle({ x: 36, y: 84, width: 523, height: 190, color: colour('#f3f6fa') });
  two.drawRectangle({ x: 36, y: 84, width: 4, height: 190, color: colour(ink) });
  text(two, copy.landing.form.submit, { x: 420, y: 118, size: 11, width: 130, face: bold, tint: ink });
  text(two, copy.legal.figures, { y: 62, size: 7, tint: '#5b6472' });
  const form = document.getForm();
  const place = (page, name, x, yy, width, height) =>
    form.createTextField(`tc.${name}`).addToPage(page, { x, y: yy, width, height, borderWidth: 0 });
  place(one, 'logo', 388, 766, 160, 46);
  place(two, 'offer', 56, 206, 340, 58);
  place(two, 'contact', 56, 94, 340, 104);
  place(two, 'qr', 428, 136, 118, 118);
  place(two, 'cta', 412, 104, 140, 26);
  writeFileSync(join(root, 'templates', campaign, 'documents', `brochure.${locale}.pdf`), await document.save());
}

const word = (text, x, y, size, fill, extra = '') =>
  `<text x="${x}" y="${y}" font-family="Noto Sans" font-weight="bold" font-size="${size}" fill="${fill}" ${extra}>${text}</text>`;
/**
 * Twelve shapes and colours: wide, square, tall, round, light on transparent,
 * on a background, and every file type.
 */
const LOGOS = {
  brightwater: [
    'svg',
    640,
    150,
    `<path d="M20 100 Q60 30 100 100 T180 100" fill="none" stroke="#0b5c9e" stroke-width="18" stroke-linecap="round"/>${word('Brightwater', 210, 98, 68, '#0b5c9e')}`,
  ],
  kessler: [
    'svg',
    620,
    160,
    `<rect x="10" y="20" width="120" height="120" fill="#b3261e"/>${word('K', 40, 112, 92, '#ffffff')}${word('Kessler Systemhaus', 150, 100, 44, '#2b2b2b')}`,
  ],
  alpenblick: [
    'png',
    420,
    420,
    `<circle cx="210" cy="210" r="200" fill="#1b5e3b"/><path d="M70 290 L170 130 L230 220 L270 170 L350 290 Z" fill="#ffffff"/>`,
  ],
  lumiere: [
    'svg',
    700,
    130,
    `${word('lumière', 10, 98, 84, '#6d28d9')}<circle cx="392" cy="66" r="34" fill="#f59e0b"/>${word('conseil', 450, 92, 58, '#6d28d9')}`,
  ],
  oranjelijn: [
    'png',
    300,
    520,
    `<rect x="90" y="10" width="120" height="330" rx="60" fill="#d9480f"/>${word('Oranje', 52, 420, 58, '#d9480f')}${word('lijn', 96, 486, 58, '#d9480f')}`,
  ],
  solmar: [
    'webp',
    560,
    180,
    `<circle cx="90" cy="90" r="70" fill="#c2410c"/>${word('Solmar', 190, 118, 84, '#7c2d12')}`,
  ],
  cascade: [
    'png',
    640,
    170,
    `<path d="M20 40 h90 v30 h-60 v30 h60 v30 h-90 z" fill="#ffffff"/>${word('Cascade', 140, 118, 88, '#ffffff')}`,
  ],
  maplestone: [
    'jpeg',
    600,
    220,
    `<rect width="600" height="220" fill="#fdf6ec"/>${word('Maple', 40, 140, 92, '#9f1239')}${word('Stone', 320, 140, 92, '#44403c')}`,
  ],
  southern: [
    'svg',
    520,
    200,
    `<path d="M80 20 L96 74 L150 80 L108 114 L122 170 L80 138 L38 170 L52 114 L10 80 L64 74 Z" fill="#0e7490"/>${word('Southern', 180, 96, 62, '#0e7490')}${word('Cross IT', 180, 160, 62, '#164e63')}`,
  ],
  merlion: [
    'png',
    460,
    460,
    `<rect x="10" y="10" width="440" height="440" rx="96" fill="#9d174d"/>${word('M', 96, 330, 320, '#ffffff')}`,
  ],
  dunesoft: [
    'svg',
    640,
    140,
    `<path d="M10 110 C 90 20, 150 110, 230 40" fill="none" stroke="#92400e" stroke-width="20" stroke-linecap="round"/>${word('Dunesoft', 260, 104, 78, '#1c1917')}`,
  ],
};

async function logos() {
  for (const [name, [type, width, height, body]] of Object.entries(LOGOS)) {
    const source = svg(width, height, body);
    const bytes = type === 'svg' ? source : await sharp(source, { density: 144 })[type]({ quality: 90 }).toBuffer();
    writeFileSync(join(root, 'templates/seed/logos', `${name}.${type === 'jpeg' ? 'jpg' : type}`), bytes);
  }
}

await pictures();
await brochure('zero-trust-edge', 'en', rings, '#0b4a8f');
await brochure('zero-trust-edge', 'de', rings, '#0b4a8f');
await brochure('cloud-cost-clarity', 'en', bars, '#0f5f59');
await brochure('cloud-cost-clarity', 'fr', bars, '#0f5f59');
await logos();
