import { shareLink } from './share-links';

const link = 'https://go.example/p/northwind?a=1&b=2';
const post = { text: `Four minutes & no firewall\n“Ask us”\n${link}`, link };
const paramsOf = (url: string): Record<string, string> => Object.fromEntries(new URL(url).searchParams);

describe('the page of a network with a prepared post', () => {
  it('has the whole text at LinkedIn', () => {
    const url = shareLink('linkedin', post);
    expect(url).toMatch(/^https:\/\/www\.linkedin\.com\/feed\/\?/);
    expect(paramsOf(url)).toEqual({ shareActive: 'true', text: post.text });
  });

  it('has the link alone at Facebook', () => {
    const url = shareLink('facebook', post);
    expect(url).toMatch(/^https:\/\/www\.facebook\.com\/sharer\/sharer\.php\?/);
    expect(paramsOf(url)).toEqual({ u: link });
  });

  it('has the words and the link once at X', () => {
    const url = shareLink('x', post);
    expect(url).toMatch(/^https:\/\/x\.com\/intent\/post\?/);
    expect(paramsOf(url)).toEqual({ text: 'Four minutes & no firewall\n“Ask us”', url: link });
  });
});
