import iconv from 'iconv-lite';
import { detectEncoding, repairUtf8 } from './csv-encoding.js';

/** A text, and the encodings in which it must be read as it is. */
const TEXTS: readonly (readonly [text: string, encodings: string])[] = [
  ['Jméno;Příjmení\nŠárka;Dvořáková\nJiří;Čermák\n', 'windows-1250 iso-8859-2 cp852 maccenteuro'],
  ['First;Last\nJana;Dvořáková\n', 'windows-1250 iso-8859-2 cp852 maccenteuro'],
  ['Name\nŁukasz Żak\nMałgorzata Wiśniewska\n', 'windows-1250 iso-8859-2 cp852'],
  ['Név\nNagy Gergő\nKőszegi Ágnes\n', 'windows-1250 iso-8859-2 cp852'],
  ['Nume\nŞtefan Ţurcanu\nIonuţ Bălan\n', 'windows-1250'],
  ['Ime\nŽeljko Kovačić\nBoško Đurić\n', 'windows-1250 iso-8859-2'],
  ['Имя\nЮлия Щербакова\n', 'windows-1251 koi8-r cp866 iso-8859-5 maccyrillic'],
  ['ФИО\nИВАНОВ ПЁТР\nЩЕРБАКОВА ЮЛИЯ\n', 'windows-1251 cp866'],
  ['Name\nЮлія Їжакевич\n', 'windows-1251 koi8-u'],
  ['Name\nГеорги Стоянов\n', 'windows-1251'],
  ['Name\nΓιώργος Παπαδόπουλος\n', 'windows-1253 iso-8859-7 cp737 macgreek'],
  ['Ad\nIşıl Güneş\nÇağrı Şahin\n', 'windows-1254 iso-8859-9 cp857 macturkish'],
  ['Name\nדוד כהן\n', 'windows-1255'],
  ['Name\nمحمد علي\n', 'windows-1256 iso-8859-6'],
  ['Name\nŽydrūnas Šimkus\nEglė Žukauskaitė\n', 'windows-1257 iso-8859-13 cp775'],
  ['Name\nJānis Bērziņš\nĒriks Kļaviņš\n', 'windows-1257 iso-8859-13'],
  ['Name\nJürgen Groß\nBjörn Käßmann\n', 'windows-1252 cp850 macintosh cp437'],
  ['Name\nJürgen Mueller\n', 'windows-1252 cp850 macintosh'],
  ['Nom\nFrançois Lefèvre\nHélène Benoît\n', 'windows-1252 cp850 macintosh iso-8859-15'],
  ['Name\nJosé Muñoz\nIñigo Peña\n', 'windows-1252 cp850 macintosh'],
  ['Name\nJoão Simões\nConceição Araújo\n', 'windows-1252 macintosh'],
  ['Namn\nÅke Sjöström\nPär Ekström\n', 'windows-1252 macintosh cp850'],
  ['Navn\nSøren Kjær\nÅse Østergård\n', 'windows-1252 macintosh cp850'],
  ['Name\n“Ann” O’Hara – Smith…\n', 'windows-1252 macintosh'],
  ['名;姓\n太郎;山田\n花子;佐藤\n', 'shift_jis'],
  ['姓名;公司\n李小龙;北京科技有限公司\n王芳;上海贸易公司\n', 'gb18030'],
  ['姓名;公司\n陳美麗;台灣科技股份有限公司\n林志明;台北貿易公司\n', 'big5'],
  ['이름;회사\n김철수;삼성전자\n이영희;현대자동차\n', 'euc-kr'],
  ['Name\nÜnal Öz\n', 'utf-8 utf-16le utf-16be'],
];
const CASES = TEXTS.flatMap(([text, encodings]) => encodings.split(' ').map((encoding) => [encoding, text] as const));

/** Addresses in ASCII, which say nothing of the encoding. */
const withAddresses = (text: string): string =>
  text
    .split('\n')
    .map((line, row) =>
      line === '' ? '' : row === 0 ? `${line};E-mail;Id` : `${line};person${row}@customer.example;4711`,
    )
    .join('\n');

describe('the encoding of a list', () => {
  it.each(CASES)('%s is known by the letters of %j', (encoding, names) => {
    const text = withAddresses(names);
    const bytes = iconv.encode(text, encoding);
    expect(iconv.decode(bytes, detectEncoding(bytes))).toBe(text);
  });

  it('is the same for a long list', () => {
    const text = withAddresses(TEXTS[6]?.[0] ?? '').repeat(500);
    expect(detectEncoding(iconv.encode(text, 'windows-1251'))).toBe('windows-1251');
  });

  it('stays UTF-8 where a line is in another encoding; that line is converted', () => {
    const bytes = Buffer.concat([
      Buffer.from('Name;E-mail\nJürgen;a@example.com\nZoë;b@example.com\n'),
      iconv.encode('Björn Groß;c@example.com\n', 'windows-1252'),
      Buffer.from('Žan;d@example.com\n'),
    ]);
    expect(detectEncoding(bytes)).toBe('utf-8');
    expect(repairUtf8(bytes).toString()).toBe(
      'Name;E-mail\nJürgen;a@example.com\nZoë;b@example.com\nBjörn Groß;c@example.com\nŽan;d@example.com\n',
    );
  });
});
