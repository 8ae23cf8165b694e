"""Names of countries, cities, regions and rivers, which are not taken for persons."""

from __future__ import annotations

from .vocabulary import words

#: A capital or a country often stands for its government ("London said …").
PLACES = words(
    """
    Abyssinia Accra Addis Aden Afghanistan Africa Alabama Alaska Albania Aleppo Alexandria Algeria Algiers
    Alps Alsace America Americas Amman Amsterdam Anatolia Andes Angeles Angola Ankara Antarctica Antwerp
    Appalachia Arab Arabia Archangel Ardennes Argentina Arizona Arkansas Armenia Asia Athens Atlanta Atlantic
    Australasia Australia Austria Austria-Hungary Azerbaijan Azores Baghdad Bahamas Bahrain Baku Balkans
    Baltic Baltimore Bangkok Bangladesh Barbados Barcelona Basel Basle Bath Bavaria Beijing Beirut Belfast
    Belgium Belgrade Bengal Berlin Bermuda Bern Berne Bessarabia Birmingham Blackburn Bohemia Bolivia Bologna
    Bombay Bonin Bonn Bordeaux Bosnia Bosphorus Bosporus Boston Brazil Bremen Brest Brighton Bristol Britain
    Brooklyn Brunei Brussels Bucharest Budapest Bulgaria Burma Burundi Byzantium Cairo Calais Calcutta
    California Cambodia Cambridge Cameroon Cameroons Canada Canberra Canterbury Canton Caracas Caribbean
    Carolina Carthage Caspian Caucasus Ceylon Chad Chicago Chile China Chungking Cologne Colombia Colombo
    Colorado Congo Connecticut Constantinople Copenhagen Corfu Corsica Cracow Crete Crimea Croatia Cuba Cyprus
    Czechoslovakia Dakar Dalmatia Damascus Danube Danzig Dardanelles Delaware Delhi Denmark Detroit Djakarta
    Djibouti Dominica Dover Dresden Dublin Dunkirk Ecuador Edinburgh Egypt England Eritrea Estonia Ethiopia
    Eurasia Europe Exeter Fiji Finland Flanders Florence Florida Formosa France Francisco Frankfurt Galicia
    Gaza Geneva Genoa Georgia Germany Ghana Gibraltar Glasgow Greece Greenland Guam Guatemala Guinea
    Guinea-Bissau Guyana Hague Hainan Haiti Halifax Hamburg Hampshire Hanoi Hanover Harbin Havana Havre Hawaii
    Helsingfors Helsinki Herzegovina Hiroshima Holland Honduras Hong Honolulu Hopei Houston Hull Hungary
    Iberia Iceland Illinois Incheon India Indiana Indochina Indonesia Iowa Iran Iraq Ireland Irkutsk Israel
    Istanbul Italy Jakarta Jamaica Japan Java Jehol Jersey Jerusalem Jordan Kabul Kansas Karachi Kashmir
    Katanga Kazan Kent Kentucky Kenya Khartoum Kiel Kiev Kong Korea Kuril Kuriles Kuwait Kyoto Lahore
    Lancashire Lanka Laos Latvia Lausanne Lebanon Leeds Leghorn Leipzig Leningrad Leone Leopoldville Liberia
    Libya Lima Lisbon Lithuania Liverpool Locarno London Lorraine Louisiana Lucerne Luxembourg Luzon Lwow
    Lyons Macedonia Madagascar Madrid Maine Malacca Malaya Malaysia Mali Malta Managua Manchester Manchukuo
    Manchuria Manhattan Manila Marseilles Martinique Maryland Massachusetts Matsu Mauritania Mauritius Mecca
    Mediterranean Melbourne Mesopotamia Mexico Miami Michigan Milan Minnesota Mississippi Missouri Moldavia
    Monaco Mongolia Montana Montenegro Montevideo Montreal Morocco Moscow Moskva Mozambique Mukden Munich
    Murmansk Nairobi Nam Nanking Naples Nebraska Nepal Netherlands Nevada Newcastle Newfoundland Nicaragua
    Nicosia Niger Nigeria Nile Normandy Norway Norwich Nottingham Nuremberg Odessa Ohio Okinawa Oklahoma Oman
    Omsk Ontario Oregon Orleans Oslo Ottawa Oxford Pacific Pakistan Palestine Panama Paraguay Paris Peking
    Pennsylvania Persia Peru Petersburg Petrograd Philadelphia Philippines Piedmont Pittsburgh Plymouth Poland
    Portsmouth Portugal Potsdam Prague Pretoria Princeton Provence Prussia Pskov Pyongyang Pyrenees Qatar
    Quebec Quemoy Rangoon Reading Reval Reykjavik Rhine Rhineland Rhodesia Riga Riyadh Romania Rome Rotterdam
    Roumania Ruhr Rumania Russia Rwanda Saar Sahara Saigon Sakhalin Salisbury Salonica Salonika Samoa Santiago
    Sarajevo Sardinia Saudi Savoy Saxony Scandinavia Scotland Seattle Senegal Seoul Serbia Sevastopol Shanghai
    Shantung Sheffield Siam Siberia Sicily Silesia Singapore Sinkiang Slovakia Slovenia Smolensk Smyrna Sofia
    Somalia Somaliland Southampton Spain Stockholm Strasbourg Stuttgart Sudan Suez Sumatra Surrey Sussex
    Sweden Switzerland Sydney Syria Szechuan Taipei Taiwan Tallinn Tanganyika Tangier Tanzania Tashkent
    Teheran Tehran Tennessee Texas Thailand Thames Thessaly Thrace Tibet Tientsin Tiflis Tokio Tokyo Tonkin
    Toronto Toulon Transjordan Transvaal Transylvania Trieste Trinidad Tripoli Tripolitania Troy Tsingtao
    Tunis Tunisia Turin Turkestan Turkey Tuscany Tyrol Uganda Ukraine Ulster Uruguay Utah Utrecht Venezuela
    Venice Verdun Vermont Versailles Vichy Vienna Vientiane Viet Viet-Nam Vietnam Vilna Virginia Vladivostok
    Volga Wales Warsaw Washington Waterloo Wellington Westminster Westphalia Wisconsin Worcester Wyoming Yalta
    Yemen Yokohama York Yorkshire Yugoslavia Yunnan Zagreb Zaire Zambia Zanzibar Zealand Zurich
    """
)
