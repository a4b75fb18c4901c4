import emailProviders from 'email-providers';

/**
 * Public mailbox providers, our own list: certain ones, and some that the long
 * list lacks. Only the provider can change their DNS, so a partner's claim may
 * always be refused.
 */
const KNOWN = new Set(
  `a1.net aol.com arcor.de bluewin.ch chello.at free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com
   hispeed.ch hotmail.com hotmail.co.uk hotmail.de hotmail.fr icloud.com kabelmail.de laposte.net libero.it live.com live.de mac.com
   mail.com mail.ru mailbox.org me.com mozmail.com msn.com o2online.de orange.fr outlook.com outlook.de posteo.de proton.me protonmail.com
   qq.com simplelogin.com t-online.de tuta.com tuta.io tutamail.com tutanota.com tutanota.de vodafone.de wanadoo.fr web.de yahoo.co.uk
   yahoo.com yahoo.de yahoo.fr yandex.com yandex.ru ymail.com zoho.com 126.com 163.com`.split(/\s+/),
);
/** Additional domains that customers share with the company that owns them. */
const MORE = new Set(
  `139.com aon.at bbox.fr duck.com ewe.net ewetel.net fastmail.com fastmail.fm fastwebnet.it firemail.de gmx.us kabelbw.de magenta.de
   mailfence.com movistar.es netcologne.de numericable.fr online.no posteo.net scarlet.be sohu.com startmail.com sunrise.ch telefonica.net
   telia.com unitybox.de versanet.de vodafonemail.de volny.cz xs4all.nl ziggo.nl zohomail.com zohomail.eu 1und1.de`.split(
    /\s+/,
  ),
);
/**
 * A list by others, from several sources.
 * Among its thousands are a few companies that once offered mailboxes.
 */
const LISTED = new Set(emailProviders);

const isUnder = (domains: ReadonlySet<string>, host: string): boolean =>
  host.split('.').some((_, at, labels) => domains.has(labels.slice(at).join('.')));

/**
 * Whether a domain certainly belongs to a mailbox provider: refused even with a
 * DNS proof.
 */
export const isKnownMailboxProvider = (host: string): boolean => isUnder(KNOWN, host);

/** Whether a mailbox there proves nothing: where in doubt, it does not. */
export const isMailboxProvider = (host: string): boolean =>
  [KNOWN, MORE, LISTED].some((domains) => isUnder(domains, host));
