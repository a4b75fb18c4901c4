/** Parts of names of columns in which "yes" means: no e-mail. */
export const REFUSED_NAMES =
  'nichtzulassen optout optedout optouted unsub donotmail donotemail donotallow donotbulk donotsend donotcontact donotmarket dontemail nomail noemail nomarketing blocklist blacklist blocked suppress emailban bounce cleaned complain spam quarantine invalidemail abgemeldet abmeld abbestell ausgetragen keinewerbung keinemail keineemail keinnewsletter werbesperre mailsperre emailsperre newslettersperre kontaktsperre widerspruch widersprochen gesperrt robinson desabon desinscri nepascontacter nepasenvoyer pasdemail opposition nocontactar noenviar nocorreo darsedebaja bajaemail bajanewsletter listanegra desuscri disiscri cancellato noncontattare noninviare rifiut descadastr naocontactar naoenviar naoreceber descinscri afgemeld uitgeschreven nietmailen nietcontacteren geenmail geennieuwsbrief wypisan rezygnacj niewysylac niekontaktowac odhlas neposilat nekontaktovat odhlaseny leiratkoz nekuldj dezabon avregistrer avprenumer avanmald skaintemaila frameldt avmeldt ikkekontakt peruutettu eisahkopostia отпис неотправлять неписать неконтакт відпис διαγραφ 配信停止 配信拒否 购读取消 退订 退訂 拒收 수신거부 الغاءالاشتراك abonelikiptal';

/** Parts of names of columns in which "no" means: no e-mail. */
export const ALLOWED_NAMES =
  'subscribed issubscriber optin optedin optinemail emailoptin newsletter marketingconsent emailconsent consent acceptsmarketing acceptsemail acceptemail marketingallowed emailallowed allowemail allowmarketing mayemail canemail canmail marketingpermission emailpermission receiveemail receivesemail sendemail einwilligung zustimmung einverstanden emailerlaubt werbungerlaubt werbeeinwilligung dsgvo gdpr permission abonne abonniert inscrit consentement accepte suscrito aceptaemail consentimiento iscritto consenso iscrizione inscrito consentimento aceita toestemming ingeschreven nieuwsbrief zgoda zapisany souhlas prihlasen suhlas hozzajarul feliratkoz consimtamant abonat samtycke prenumererar nyhetsbrev samtykke tilmeldt pamelding suostumus tilaaja подпис согласие рассылка згода συγκαταθεση 配信可 メルマガ 订阅 訂閱 수신동의 izin';

/** Names of columns whose values say it in words. */
export const STATUS_NAMES =
  'marketingstatus emailmarketingstatus emailmarketing subscriptionstatus subscriberstatus emailstatus emailsubscriptionstatus memberstatus mailingstatus newsletterstatus marketingemail marketingcontactstatus abonnementstatus anmeldestatus statutabonnement statutdelabonnement estadodesuscripcion statoiscrizione';

/** Columns that say when, where or why: an empty cell says nothing. */
export const MOMENT_NAMES =
  'time date datum zeit timestamp reason grund raison motivo reden powod ip source quelle campaign kampagne on am at le el em dnia';

/** Words for "yes". */
export const YES =
  'true yes y 1 x t ja j oui o si s sim tak ano igen da on checked wahr vrai verdadero vero waar prawda evet kylla jah ja да истина так ναι はい 是 真 예 네 نعم כן ✓ ✔ ☑ ☒';

/** Words for "no". */
export const NO =
  'false no n 0 f nein non nee não nao nie ne nem nu nei nej ei off unchecked falsch faux falso onwaar falsz hayir нет ложь ні όχι οχι いいえ 否 假 아니오 아니요 لا לא - – ☐ none never nie niemals';

/** Words for people who get no mail, whatever the column is called. */
export const OUT_WORDS =
  'unsubscribed optedout optout optedoutofemail unsubscribe donotallow donotcontact donotmail donotemail notallowed notsubscribed nonsubscribed neversubscribed noconsent noconsentgiven bounced hardbounced hardbounce softbounced cleaned complained complaint spam spamreport spamcomplaint markedasspam blocked blocklisted blacklisted suppressed banned invalid undeliverable revoked withdrawn declined denied rejected refused abgemeldet ausgetragen abbestellt gesperrt widerrufen widersprochen abgelehnt nichterlaubt nichtzulassen nichtabonniert keineeinwilligung unzustellbar desabonne desabonnee desinscrit desinscrite nepasautoriser refuse bloque dadodebaja baja nosuscrito nopermitir rechazado cancelado cancelada disiscritto disiscritta nonconsentire nonconsentito bloccato descadastrado descadastrada naopermitir naoinscrito bloqueado afgemeld uitgeschreven niettoestaan geblokkeerd wypisany wypisana niezezwalaj zablokowany odhlasen odhlaseno odhlaseny leiratkozott dezabonat avregistrerad avprenumererad avanmald frameldt afmeldt avmeldt peruutettu отписан отписался отписана отказ відписаний 配信停止 退订 已退订 退訂 수신거부';

/** Words for people who may get mail. */
export const IN_WORDS =
  'subscribed optedin optin allow allowed confirmed marketingcontact doubleoptin singleoptin consented granted accepted approved angemeldet bestatigt abonniert eingetragen erlaubt zulassen zugestimmt eingewilligt abonne abonnee inscrit inscrite autoriser accepte suscrito suscrita permitir aceptado iscritto iscritta consenti consentito confermato inscrito inscrita permitido aceito ingeschreven aangemeld toestaan bevestigd zapisany zapisana zezwalaj potwierdzony prihlasen prihlaseny feliratkozott abonat prenumererar tilmeldt pameldt tilaaja подписан подписана согласен підписаний 订阅 已订阅 訂閱 수신동의';
