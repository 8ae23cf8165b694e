"""General knowledge about citations: what periodicals are called, the authors of antiquity, places as abbreviated."""

from __future__ import annotations

from teiprep.tag.common import words

#: Words in the names of newspapers.
NEWSPAPER = words(
    """
    Advertiser Advocate Argus Bulletin Chronicle Citizen Courant Courier Daily Democrat Dispatch Echo Enquirer
    Evening Examiner Express Gazette Globe Guardian Herald Herald-Tribune Independent Inquirer Intelligencer
    Ledger Mail Mercury Morning News Observer Patriot Picayune Post Republican Sentinel Spectator Standard Star
    Sun Telegraph Times Tribune Weekly Whig Zeitung
    """
)
#: Words in the names of periodicals; without a number behind them they may be in a book's title too.
PERIODICAL = words(
    """
    Abhandlungen Annalen Annales Annals Archiv Archives Berichte Bulletin Comptes Forschungen Jahrbuch Journal
    J. Magazine Mitteilungen Monthly Notes Proceedings Quarterly Rendus Review Revue Studies Transactions
    Zeitschrift
    """
)
#: Of these, what can be nothing but a periodical, if a date and a page follow.
ISSUED = words(
    """
    Bulletin Magazine Mitteilungen Monthly Proceedings Quarterly Review Revue Transactions Zeitschrift
    """
)
#: What keeps papers that were not published, or what such papers are: no title of a book holds these words.
UNPUBLISHED = words(
    """
    Add. Archive Archives Box Cable Central Decimal Despatch Despatches Dispatch Draft Enclosure Entry File
    Files Folder Instructions Interview Letter Letters Lot MS MS. MSS MSS. Memo Memorandum Microfilm Minutes
    NARA Papers RG Record Reel Source Telegram Telegrams Tel. Will
    """
)
#: Of these, what may have been printed.
PRINTABLE = words(
    """
    Archive Archives Despatch Despatches Dispatch Dispatches Draft Enclosure Instructions Interview Letter
    Letters Memorandum Minutes Papers Record Source Telegrams Will
    """
)
#: What stands before a number within the very paper, or in another of its volume.
WITHIN = words(
    """
    Above Ante Appendix Article Below Ch Chap Chapter Compare Document Documents Doc Enclosure Fig Figure
    Footnote For Infra Letter Line Lines No Note Notes Number Page Pages Par Paragraph Part Plate Post Section
    See Sheet Supra Table Tel Telegram Vol Volume Bill Act Public Law Laws Statutes Stat Rule Order
    """
)
#: Authors of antiquity, in full and as abbreviated.
ANCIENT = words(
    """
    Aelian Aeschin. Aeschines Aeschylus Aesch. Ammianus Amm. Appian App. Apul. Apuleius Archimedes Aristoph.
    Aristophanes Arist. Aristotle Arrian Arr. Athen. Athenaeus Aug. Augustine Caes. Caesar Cassiodorus Cat.
    Catull. Catullus Celsus Cic. Cicero Columella Curt. Curtius Dem. Demosthenes Dio Diod. Diodorus Dionys.
    Donatus Ennius Euripides Eur. Eurip. Euseb. Eusebius Eutropius Eutrop. Festus Frontinus Gaius Galen Gell.
    Gellius Hdt. Herod. Herodotus Hes. Hesiod Hippocrates Hom. Homer Hor. Horace Hyginus Isocrates Isoc. Joseph.
    Josephus Justin Juv. Juvenal Liv. Livy Lucan Lucian Lucr. Lucretius Lysias Macrob. Macrobius Mart. Martial
    Nepos Nonius Ov. Ovid Paus. Pausanias Pers. Persius Petron. Petronius Phaedrus Philostratus Pind. Pindar Pl.
    Plat. Plato Plaut. Plautus Plin. Pliny Plut. Plutarch Polyb. Polybius Priscian Prop. Propertius Ptolemy
    Quint. Quintilian Sall. Sallust Sen. Seneca Serv. Servius Sil. Soph. Sophocles Stat. Statius Strab. Strabo
    Suet. Suetonius Tac. Tacitus Ter. Terence Tert. Tertullian Theocr. Theocritus Theophr. Theophrastus Thuc.
    Thucydides Tib. Tibullus Val. Varro Varr. Vell. Verg. Vergil Virg. Virgil Vitr. Vitruvius Xen. Xenophon
    """
)
#: Works of antiquity that are cited without their author.
ANCIENT_WORKS = words("Iliad Il. Odyssey Odyss. Od. Aeneid Aen. Georg. Eclog.")
#: Places of printing as title-pages and notes have them, beside those that are known anyhow.
IMPRINTS = words(
    """
    Wien München Köln Stuttgart Göttingen Tübingen Halle Jena Frankfurt Freiburg Heidelberg Breslau Zürich
    Genève Genf Bruxelles Roma Milano Torino Firenze Venezia Napoli Bologna Lisboa København Uppsala Leiden
    Leyden Haag Hague Utrecht Praha Prag Warszawa Kraków Moskva Lyon Rouen Strasbourg Straßburg Toulouse Lille
    Berkeley Ithaca Princeton Philadelphia Chicago Durham Norwich Exeter Lincoln Ely Maidstone Glasgow Aberdeen
    Amst. Amstel. Basil. Camb. Cantab. Dublin Dubl. Edin. Edinb. Edinburgh Francof. Hagae Leeds Leid. Lips.
    Lipsiae Lond. Londini Lugd. Lutetiae Oxf. Oxon. Paris. Parisiis Phila. Romae Venet. Westport
    """
)
#: States and countries that say of which Cambridge a place of printing is the name.
REGIONS = words(
    """
    AL AZ CA CO Cal. Calif. Cambs. Canada Conn. Connecticut CT DC D.C. DE England FL GA IA ID IL Ill. Illinois
    IN Ind. Iowa Kansas KS KY LA MA Maine Mass. Massachusetts MD ME MI Mich. Minnesota MN MO MS NC NE Nebraska
    NH NJ N.J. NM NY N.Y. OH Ohio OK Ont. Ontario OR PA Pa. Pennsylvania RI SC Surrey Sussex Texas TN TX UK UT
    VA Va. Vermont VT WA WI Wisc. Yorks.
    """
)
#: Publishers, not places.
PUBLISHERS = words(
    """
    & Academic Academy Association Books Brothers Bureau Co Co. Commission Company Council Department Editions
    Éditions Foundation Government Group House Imprimerie Institute Institution Librairie Ltd Museum Office
    Press Presses Printing Publications Publishers Publishing Society Sons Stationery University Univ Univ.
    Verlag
    """
)
#: Words for works, which are no names of those who made them.
NO_MAKER = words(
    """
    Acts Athenaeum Brain Lancet Mind Nature Punch Science Annals Antiquities Archives Calendar Chronicle
    Chronicles Code Collection Collections Commentaries Debates Diary Digest Discourses Epistles Essays Gazette
    Hansard Hist Histories History Journal Journals Laws Letters Lives Magazine Memoir Memoirs Memorials
    Miscellanies Narrative Papers Poems Proceedings Records Register Registers Reports Review Sermons Speeches
    State Statutes Tracts Transactions Travels Treaties Voyage Voyages Works
    """
)
#: Words that begin no name of an author.
NO_AUTHOR = words(
    """
    A About After All Also Although An And As At Because Before Both But By Cf Compare Dated During For From He
    Her His How However I If In It Its Later Most My No Not Of On One Our Part Quoted She Since So Some Source
    Such That The Their Then There These They This Those Though To Translated Undated Under Until Vide Vol We What When
    Where Which While With Yet You Your Ibid Idem Eadem See Signed Text Hearings Legislative Both Two Three
    January February March April May June July August September October November December Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday Vgl Siehe Voir
    """
)
