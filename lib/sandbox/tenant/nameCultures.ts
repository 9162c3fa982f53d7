/** Names as people of one origin write them. Where the letters are not Latin, a slash and how a mail system spells them. */
export interface NameCulture {
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** The family name comes first when both are written. */
  readonly familyFirst: boolean;
}

const split = (words: string): readonly string[] => words.split(', ');

const culture = (given: string, family: string, familyFirst = false): NameCulture => ({
  given: split(given),
  family: split(family),
  familyFirst,
});

/** The people of a company with offices in many places. */
export const nameCultures: readonly NameCulture[] = [
  culture(
    'Björn, Käthe, Jürgen, Annelie, Lukas, Günther, Maike, Jörg',
    'Müller, Weiß, Schäfer, Groß, von der Heide, Kühn-Bauer',
  ),
  culture(
    'Élodie, François, Zoé, Jérôme, Anaïs, Noël, Héloïse, Benoît',
    "Lefèvre, Château, d'Aboville, Gérard, Le Goff, Béranger",
  ),
  culture(
    'Łukasz, Małgorzata, Agnieszka, Stanisław, Żaneta, Paweł',
    'Wiśniewski, Żak, Dąbrowska, Łęcki, Górecki, Świątek',
  ),
  culture('Şebnem, Çağrı, İpek, Oğuz, Gülşen, Barış', 'Yılmaz, Güneş, Özdemir, Işık, Çelik, Şahin'),
  culture('Hương, Dũng, Phượng, Đức, Ngọc Anh, Quỳnh', 'Nguyễn, Trần, Đặng, Lê, Phạm, Vũ', true),
  culture(
    'Íñigo, Begoña, José María, Lucía, Andrés, Núria',
    'García Márquez, Muñoz, Ibáñez, Peña, de la Cruz, Castellví',
  ),
  culture('João, Conceição, Gonçalo, Inês, Tomás, Luísa', 'Gonçalves, Araújo, Simões, Brandão, Magalhães, Leão'),
  culture('Åsa, Søren, Ingrid, Þórdís, Jón, Märta', 'Ødegård, Åkesson, Jónsdóttir, Bæk, Sjöström, Ævarsson'),
  culture('Jiří, Zdeněk, Božena, Ľubomír, Šárka, Ondřej', 'Dvořák, Říha, Žižka, Šťastný, Čapková, Hlaváč'),
  culture('Ágnes, Győző, Zsófia, Csaba, Tünde, Ödön', 'Szűcs, Nagy, Kovács, Győri, Őszi, Lakatos', true),
  culture('Siobhán, Chidi, Aoife, Grace, Tane, Wei-Ling', "O'Neill, Okafor, Smith-Jones, MacLeod, Ngata, Ó Briain"),
  culture(
    '陽菜/hina, 大翔/hiroto, さくら/sakura, 健太/kenta, 美咲/misaki, 翔太/shota',
    '佐藤/sato, 鈴木/suzuki, 高橋/takahashi, 田中/tanaka, 伊藤/ito, 渡辺/watanabe',
    true,
  ),
  culture(
    '伟/wei, 芳/fang, 秀英/xiuying, 敏/min, 静怡/jingyi, 浩然/haoran',
    '王/wang, 李/li, 张/zhang, 刘/liu, 欧阳/ouyang, 陈/chen',
    true,
  ),
  culture(
    '서연/seoyeon, 민준/minjun, 지우/jiwoo, 하은/haeun, 도윤/doyun, 예린/yerin',
    '김/kim, 이/lee, 박/park, 최/choi, 정/jung, 남궁/namgung',
    true,
  ),
  culture(
    'Ольга/olga, Юрій/yuriy, Наталья/natalya, Дмитрий/dmitriy, Світлана/svitlana, Щедрик/shchedryk',
    'Шевченко/shevchenko, Кузнецов/kuznetsov, Коваль/koval, Соловьёв/solovyov, Їжак/yizhak, Попова/popova',
  ),
  culture(
    'Γιώργος/giorgos, Ελένη/eleni, Νίκος/nikos, Αικατερίνη/aikaterini, Ιωάννης/ioannis, Σοφία/sofia',
    'Παπαδοπούλου/papadopoulou, Γεωργίου/georgiou, Οικονόμου/oikonomou, Αλεξίου/alexiou, Λάμπρου/lamprou, Ρήγα/riga',
  ),
  culture(
    'فاطمة/fatima, محمد/mohammed, عائشة/aisha, يوسف/yusuf, ليلى/layla, طارق/tariq',
    'الحسن/alhassan, حداد/haddad, المنصوري/almansouri, النجار/alnajjar, خوري/khoury, سالم/salem',
  ),
  culture(
    'נועם/noam, תמר/tamar, יעל/yael, אורי/uri, שירה/shira, דוד/david',
    'כהן/cohen, לוי/levi, מזרחי/mizrahi, פרץ/peretz, ביטון/biton, אברהם/avraham',
  ),
  culture(
    'आरव/aarav, दिया/diya, ईशान/ishaan, प्रिया/priya, रोहन/rohan, अनन्या/ananya',
    'शर्मा/sharma, गुप्ता/gupta, अय्यर/iyer, पटेल/patel, चटर्जी/chatterjee, सिंह/singh',
  ),
  culture(
    'สมชาย/somchai, มาลี/malee, นภา/napa, อนันต์/anan, กมล/kamon, พิมพ์/pim',
    'ศรีสุข/srisuk, ทองดี/thongdee, แสงจันทร์/saengchan, บุญมี/boonmee, วงศ์ไทย/wongthai, ใจดี/jaidee',
  ),
];
