import { countryNamed } from './country-names.js';
import { checkField } from './contact-fields.js';
import { languageNamed } from './language-names.js';
import { timeZoneNamed } from './time-zone-names.js';

const rows = (table: string): [string, string][] =>
  table.split(';').map((row) => [row.slice(0, row.indexOf('=')), row.slice(row.indexOf('=') + 1)]);

describe('a country', () => {
  it.each(
    rows(
      "USA=US;U.S.A.=US;United States of America=US;U.K.=GB;UK=GB;England=GB;Scotland=GB;Great Britain=GB;DEU=DE;GER=DE;de=DE;Deutschland=DE;Germany (DE)=DE;Holland=NL;The Netherlands=NL;Niederlande=NL;Czech Republic=CZ;Tschechien=CZ;Turkey=TR;Türkiye=TR;Hong Kong=HK;Russian Federation=RU;UAE=AE;Viet Nam=VN;Danmark=DK;Sverige=SE;Norge=NO;Suomi=FI;Côte d’Ivoire=CI;Cote d'Ivoire=CI;Österreich=AT;Россия=RU;日本=JP;中国=CN;대한민국=KR;Ελλάδα=GR;Magyarország=HU;Korea, Republic of=KR;Congo, Democratic Republic of the=CD;Schweiz/Suisse=CH;KSA=SA;Espagne=ES;Brasil=BR;ישראל=IL;Macedonia=MK;Paris, France=FR",
    ),
  )('is known as %s', (name, code) => {
    expect(countryNamed(name)).toBe(code);
  });

  it.each(['Narnia', 'Georgia, USA', 'XX', 'EU', '-'])('is not %s', (name) => {
    expect(countryNamed(name)).toBeNull();
  });
});

describe('a time zone', () => {
  it.each(
    rows(
      'Europe/Berlin=Europe/Berlin;W. Europe Standard Time=Europe/Berlin;Pacific Standard Time=America/Los_Angeles;us_slash_eastern=America/New_York;europe_slash_paris=Europe/Paris;(UTC+01:00) Amsterdam, Berlin, Bern=Europe/Amsterdam;(GMT-05:00) Eastern Time (US & Canada)=America/New_York;Tokyo=Asia/Tokyo;America/New York=America/New_York;(UTC) Dublin, Edinburgh, Lisbon, London=Europe/Dublin',
    ),
  )('is known as %s', (name, zone) => {
    expect(timeZoneNamed(name)).toBe(zone);
  });

  it.each(['+02:00', 'UTC+1', 'Nowhere'])('is not %s', (name) => {
    expect(timeZoneNamed(name)).toBeNull();
  });
});

describe('a language', () => {
  it.each(
    rows(
      'English=en;en_US=en-US;English (US)=en-US;de=de;German=de;Deutsch (Schweiz)=de-CH;ger=de;Français=fr;русский=ru;日本語=ja;Norwegian=no;pt_BR.UTF-8=pt-BR;Portuguese (Brazil)=pt-BR;zh-Hant=zh-Hant',
    ),
  )('is known as %s', (name, tag) => {
    expect(languageNamed(name)).toBe(tag);
  });

  it('is not Klingonese', () => {
    expect(languageNamed('Klingonese')).toBeNull();
  });
});

describe('a field', () => {
  it('has no invisible characters, but the joiners that scripts need', () => {
    expect(checkField('firstName', 'Soft\u00adhy\u200bphen\ufeff')).toEqual({ value: 'Softhyphen' });
    expect(checkField('firstName', 'علی\u200cرضا')).toEqual({ value: 'علی\u200cرضا' });
  });

  it.each(['+49 (0)30 123456-7', '020 7946 0958 ext. 12', '12345'])('may be the number %s', (phone) => {
    expect(checkField('phone', phone)).toEqual({ value: phone });
  });

  it.each(['call me', '1234', 'a@example.com 12345', '1'.repeat(30)])('may not be the number %s', (phone) => {
    expect(checkField('phone', phone)).toEqual({ problem: 'phone-invalid' });
  });
});
