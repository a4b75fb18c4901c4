/** A delivery status notification (RFC 3464) of a recipient's mail server. */
export function bounceOf(email: string, isPermanent: boolean): Buffer {
  const host = `mx.${email.slice(email.indexOf('@') + 1)}`;
  const [status, said] = isPermanent
    ? ['5.1.1', '550 5.1.1 The mailbox does not exist']
    : ['4.2.2', '452 4.2.2 The mailbox is full'];
  return crlf(`From: MAILER-DAEMON@${host}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; ${host}

Final-Recipient: rfc822; ${email}
Action: failed
Status: ${status}
Diagnostic-Code: smtp; ${said}
--B--
`);
}

/** A person's answer to a message. */
export const answerOf = (email: string, messageId: string, text: string): Buffer =>
  crlf(`From: ${email}
Subject: Re: Your mail
Message-ID: <answer-to-${messageId}@${email.slice(email.indexOf('@') + 1)}>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

${text}
`);

const crlf = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'));
