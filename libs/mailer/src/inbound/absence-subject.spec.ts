import { absenceIn, hasReplyPrefix, isAbsenceSubject } from './absence-subject.js';

describe('the subject of an absence notice', () => {
  it.each([
    ['Arabic', 'رد تلقائي: شبكة أسرع'],
    ['Bulgarian', 'Автоматичен отговор: по-бърза мрежа'],
    ['Catalan', 'Resposta automàtica: xarxa'],
    ['Chinese (CN)', '自动答复: 更快的网络'],
    ['Chinese (TW)', '自動回覆: 更快的網路'],
    ['Croatian', 'Automatski odgovor: mreža'],
    ['Czech', 'Automatická odpověď: A faster network'],
    ['Danish', 'Automatisk svar: A faster network'],
    ['Dutch', 'Automatisch antwoord: netwerk'],
    ['English', 'Out of Office: A faster network'],
    ['Estonian', 'Automaatvastus: võrk'],
    ['Finnish', 'Automaattinen vastaus: A faster network'],
    ['French', 'Absence du bureau'],
    ['German', 'Abwesenheitsnotiz: Netz'],
    ['Greek', 'Αυτόματη απάντηση: A faster network'],
    ['Hebrew', 'תשובה אוטומטית: רשת'],
    ['Hindi', 'स्वचालित उत्तर: A faster network'],
    ['Hungarian', 'Automatikus válasz: A faster network'],
    ['Icelandic', 'Sjálfvirkt svar: net'],
    ['Indonesian', 'Balasan otomatis: jaringan'],
    ['Italian', 'Risposta automatica: rete'],
    ['Japanese', '自動応答: 速いネットワーク'],
    ['Korean', '자동 회신: A faster network'],
    ['Latvian', 'Automātiskā atbilde: tīkls'],
    ['Lithuanian', 'Automatinis atsakymas: tinklas'],
    ['Norwegian', 'Fraværsmelding'],
    ['Persian', 'پاسخ خودکار: شبکه'],
    ['Polish', 'Automatyczna odpowiedź: sieć'],
    ['Portuguese', 'Resposta automática: rede'],
    ['Romanian', 'Răspuns automat: rețea'],
    ['Russian', 'Автоматический ответ: A faster network'],
    ['Serbian', 'Аутоматски одговор: мрежа'],
    ['Slovak', 'Automatická odpoveď: sieť'],
    ['Slovenian', 'Samodejni odgovor: omrežje'],
    ['Spanish', 'Fuera de la oficina'],
    ['Swedish', 'Frånvaro: 3–7 augusti'],
    ['Thai', 'ตอบกลับอัตโนมัติ: เครือข่าย'],
    ['Turkish', 'Otomatik Yanıt: A faster network'],
    ['Ukrainian', 'Автоматична відповідь: мережа'],
    ['Vietnamese', 'Trả lời tự động: mạng'],
    ['English, by a person', 'Ada Baker is out of the office (returning 3 August)'],
    ['English, after a mark', 'Re: Out of office'],
    ['German, one word', 'Urlaub vom 3.8. bis 7.8.'],
    ['Japanese, in a sentence', '不在のお知らせ'],
    ['Sieve', 'Auto: A faster network'],
    ['Gmail', 'Out of Office Re: A faster network'],
    ['decomposed accents', 'Re\u0301ponse automatique : un re\u0301seau'],
  ])('is recognised in %s: %s', (_, subject) => {
    expect(absenceIn(subject)).toBe(true);
  });

  it.each([
    'Re: Automated patching for small teams',
    'Re: Vacation cover for small teams',
    'AW: Absence management in a week',
    'Re[2]: OOO planning without a spreadsheet',
    'Odp: Away from the data centre',
    '[EXTERNAL] Re: Automatic replies for your help desk',
    'Antw: Urlaub planen ohne Tabellen',
    'RE: [EXT] Auto-mated backups',
    '回复：不在办公室也能工作',
    'Absence management in a week',
    'Vacation cover for small teams',
    'Autosvarta nyheter',
    'A faster network',
    '',
  ])('is not taken for one where a person answers: %s', (subject) => {
    expect(absenceIn(subject)).toBe(false);
  });

  const own = 'Out of office, and still protected';
  const isOwn = (text: string): boolean => text === own;

  it.each([
    [own, false],
    [`Re: ${own}`, false],
    [`[EXTERNAL] Vá: ${own}`, false],
    [`Automatic reply: ${own}`, true],
    [`Automatická odpověď: ${own}`, true],
    [`Out of Office Re: ${own}`, true],
    ['Automatic reply', true],
  ])('is judged without the subject of the message: %s', (subject, expected) => {
    expect(isAbsenceSubject(subject, isOwn)).toBe(expected);
  });

  it.each([
    ['Re: a', true],
    ['SV: a', true],
    ['Отв: a', true],
    ['답장: a', true],
    ['Backup: a', false],
    ['a', false],
  ])('has the mark of an answer: %s', (subject, expected) => {
    expect(hasReplyPrefix(subject)).toBe(expected);
  });
});
