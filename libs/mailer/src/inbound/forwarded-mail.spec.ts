import { readForForwarding } from './forwarded-mail.js';

const read = (text: string) => readForForwarding(Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1'));

describe('a mail that is forwarded under another sender', () => {
  it('keeps what describes it and its body, and drops sender, trace and signatures', async () => {
    const mail = await read(`Received: from a by b
DKIM-Signature: v=1;
 bh=x; b=y
From: =?UTF-8?Q?Zo=C3=AB?= <zoe@customer.example>
To: partner@x.example
Bcc: hidden@x.example
Subject: a very long
 subject
Message-ID: <1@customer.example>
References: <0@us.example>
Content-Type: multipart/mixed;
 boundary="B"

--B

body
--B--



`);
    expect(mail).toMatchObject({ name: 'Zoë', address: 'zoe@customer.example' });
    expect(mail!.headers).toBe(
      'Subject: a very long\r\n subject\r\nMessage-ID: <1@customer.example>\r\nReferences: <0@us.example>\r\n' +
        'Content-Type: multipart/mixed;\r\n boundary="B"\r\n',
    );
    expect(mail!.body.toString()).toBe('--B\r\n\r\nbody\r\n--B--\r\n');
  });

  it('answers to Reply-To where the person has one', async () => {
    expect(await read('From: a@x.example\nReply-To: Desk <desk@x.example>\n\nhi')).toMatchObject({
      address: 'desk@x.example',
    });
  });

  it('keeps bytes that are no ASCII, and only the first of a repeated field', async () => {
    const mail = await read('From: a@x.example\nSubject: Gr\xfc\xdfe\nSubject: other\n\n\xe4');
    expect(mail!.headers).toBe('Subject: Gr\xfc\xdfe\r\n');
    expect([...mail!.body]).toEqual([0xe4, 13, 10]);
  });

  it('is none without a sender, without a header or with one too large', async () => {
    expect(await read('Subject: x\n\nhi')).toBeNull();
    expect(await read('From: a@x.example')).toBeNull();
    expect(await read(`From: a@x.example\nX: ${'y'.repeat(300_000)}\n\nhi`)).toBeNull();
  });
});
