import { foldAddress } from '../../lib/fold-address.ts'

/**
 * The domain whose footers a sender's mails may teach; null for those of public mail providers, whose users have nothing in
 * common.
 */
export function footerDomain(address: string): string | null {
  const folded = foldAddress(address)
  const domain = folded.slice(folded.lastIndexOf('@') + 1)
  if (!folded.includes('@') || domain === '' || domain.length > longestDomain) return null
  const isPublic = publicDomains.has(domain) || inAnyCountry.test(domain)
  return isPublic ? null : domain
}

/** RFC 1035, 2.3.4. */
const longestDomain = 255

/** Providers that give addresses in many countries: `yahoo.fr`, `yahoo.co.uk`. */
const inAnyCountry =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|rocketmail|gmx|aol|icloud|yandex|protonmail|zoho)\.(?:com?\.|ne\.)?[a-z]{2,}$/

/** The others that most people use, among them those of Thunderbird's list of providers (github.com/thunderbird/autoconfig). */
const publicDomains = new Set(
  `mail.com me.com mac.com email.com inbox.com fastmail.com fastmail.fm hushmail.com pobox.com runbox.com proton.me pm.me
  tutanota.com tuta.io tuta.com posteo.de mailbox.org mailfence.com vivaldi.net rediffmail.com
  att.net bellsouth.net sbcglobal.net verizon.net comcast.net cox.net charter.net charter.com earthlink.net rr.com
  centurylink.net juno.com frontier.com bell.net sympatico.ca rogers.com shaw.ca telus.net videotron.ca cogeco.ca
  btinternet.com blueyonder.co.uk ntlworld.com virginmedia.com sky.com talktalk.net bigpond.com optusnet.com.au
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr aliceadsl.fr
  web.de t-online.de freenet.de arcor.de 1und1.de online.de bluewin.ch bluemail.ch hispeed.ch sunrise.ch a1.net aon.at chello.at
  telenet.be skynet.be proximus.be scarlet.be ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl hetnet.nl
  libero.it alice.it tin.it tiscali.it virgilio.it email.it telefonica.net terra.es sapo.pt
  uol.com.br bol.com.br terra.com.br ig.com.br globo.com
  wp.pl o2.pl onet.pl op.pl interia.pl gazeta.pl tlen.pl poczta.fm seznam.cz centrum.cz post.cz volny.cz azet.sk zoznam.sk
  freemail.hu citromail.hu abv.bg mail.bg telia.com bredband.net online.no broadpark.no mail.dk elisanet.fi kolumbus.fi
  mail.ru bk.ru list.ru inbox.ru internet.ru rambler.ru ya.ru ukr.net i.ua meta.ua otenet.gr
  naver.com daum.net hanmail.net nate.com qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com
  docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com biglobe.ne.jp walla.co.il walla.com mynet.com`.split(
    /\s+/,
  ),
)
