// @ts-check
/**
 * @typedef {{ emoji: string, code: string, codes: string[], english: string[], german: string[] }} Emoji
 *   `code` is the first of its shortcodes; the others are what people also write
 */

/**
 * The emoji that people use, by group. A line each: the emoji, its shortcodes, and what else it is looked for by, in
 * English and in German; the first German word is its name there. Loaded only when somebody wants one.
 */
const LINES = {
  smileys: `
😀 grinning; smile happy; grinsen lachen froh
😃 smiley; smile happy joy; strahlen lachen froh
😄 smile; happy laugh; lachen froh
😁 grin; smile teeth; breites_Grinsen
😆 laughing satisfied; haha lol; lautes_Lachen
😅 sweat_smile; relief phew; verlegenes_Lachen schwitzen
🤣 rofl; lol haha floor; kugelt_sich lachen
😂 joy; tears laugh lol haha; Freudentränen lachen
🙂 slightly_smiling_face slight_smile; happy; leichtes_Lächeln
🙃 upside_down_face upside_down; irony silly; kopfüber ironisch
🫠 melting_face; hot embarrassed; schmelzen peinlich
😉 wink; flirt joke; zwinkern
😊 blush; smile shy; erröten lächeln
😇 innocent; angel halo; Engel unschuldig
🥰 smiling_face_with_three_hearts; love adore; verliebt Herzen
😍 heart_eyes; love crush; Herzaugen verliebt
🤩 star_struck; wow excited; begeistert Sterne
😘 kissing_heart; kiss love; Kuss
😋 yum; tasty delicious; lecker
😛 stuck_out_tongue; playful; Zunge frech
😜 stuck_out_tongue_winking_eye; crazy joke; Zunge_zwinkernd frech
🤪 zany_face; crazy goofy; verrückt
🤑 money_mouth_face; rich; Geld reich
🤗 hugs hugging_face; hug; Umarmung
🤭 hand_over_mouth; oops giggle; kichern Hand_vor_Mund
🫢 face_with_open_eyes_and_hand_over_mouth; shock gasp; erschrocken
🤫 shushing_face; quiet secret; pst leise
🤔 thinking; hmm wonder; nachdenken grübeln
🫡 saluting_face salute; yes sir; salutieren jawohl
🤐 zipper_mouth_face; secret silent; Mund_zu schweigen
🤨 raised_eyebrow; doubt skeptical; skeptisch zweifeln
😐 neutral_face; meh; neutral
😑 expressionless; blank; ausdruckslos
😶 no_mouth; silent speechless; sprachlos
😏 smirk; smug; süffisant
😒 unamused; bored; genervt
🙄 roll_eyes; whatever; Augenrollen
😬 grimacing; awkward; Grimasse
😮‍💨 face_exhaling; sigh relief; seufzen
😌 relieved; calm; erleichtert
😔 pensive; sad; bedrückt traurig
😪 sleepy; tired; schläfrig müde
😴 sleeping; zzz tired; schlafen müde
😷 mask; sick ill; Maske krank
🤒 face_with_thermometer; fever sick; Fieber krank
🤕 face_with_head_bandage; hurt; verletzt
🤢 nauseated_face; sick; Übelkeit
🤮 vomiting_face; sick; erbrechen
🤧 sneezing_face; cold achoo; niesen Schnupfen
🥵 hot_face; heat sweat; heiß
🥶 cold_face; freezing; kalt frieren
🥴 woozy_face; dizzy drunk; benommen
😵‍💫 face_with_spiral_eyes; dizzy confused; schwindlig
🤯 exploding_head mind_blown; wow shock; Kopf_explodiert
🥳 partying_face; party birthday; feiern Party
😎 sunglasses cool; summer; Sonnenbrille cool
🤓 nerd_face; geek clever; Nerd
🧐 monocle_face; inspect; Monokel prüfen
😕 confused; unsure; verwirrt
😟 worried; concern; besorgt
🙁 slightly_frowning_face; sad; traurig
😮 open_mouth; wow surprise; überrascht staunen
😲 astonished; wow shock; erstaunt
😳 flushed; embarrassed; rot_geworden peinlich
🥺 pleading_face; please puppy; bitte flehen
🥹 face_holding_back_tears; moved proud; gerührt Tränen
😨 fearful; scared; ängstlich
😰 cold_sweat; anxious; Angstschweiß
😢 cry; sad tear; weinen traurig
😭 sob; cry tears; heulen weinen
😱 scream; shock horror; schreien Schreck
😖 confounded; frustrated; verzweifelt
😞 disappointed; sad; enttäuscht
😓 sweat; stress; Schweiß
😩 weary; tired; erschöpft
🥱 yawning_face; bored tired; gähnen müde
😤 triumph; huff proud; schnauben
😡 rage; angry mad; wütend
😠 angry; mad; verärgert
🤬 cursing_face; swear; fluchen
😈 smiling_imp; devil evil; Teufel
💀 skull; dead; Totenkopf
💩 poop; shit; Kacke
🤡 clown_face; joke; Clown
👻 ghost; halloween boo; Gespenst
👽 alien; ufo; Außerirdischer
🤖 robot; bot; Roboter
😺 smiley_cat; happy; Katze_lacht
🙈 see_no_evil; monkey oops; nichts_sehen Affe
🙉 hear_no_evil; monkey; nichts_hören Affe
🙊 speak_no_evil; monkey secret; nichts_sagen Affe`,
  people: `
👋 wave; hello hi bye; winken hallo tschüss
✋ raised_hand; stop high five; Hand halt
🖖 vulcan_salute; spock star trek; Vulkaniergruß
👌 ok_hand; perfect fine; okay perfekt
🤌 pinched_fingers; italian; Fingerspitzen
🤏 pinching_hand; small little; bisschen wenig
✌️ v peace; victory; Frieden Sieg
🤞 crossed_fingers; luck hope; Daumen_drücken Glück
🤘 metal; rock horns; Rock
🤙 call_me_hand; shaka; Ruf_mich_an
👈 point_left; ; nach_links zeigen
👉 point_right; ; nach_rechts zeigen
👆 point_up_2; this above; nach_oben zeigen
👇 point_down; below; nach_unten zeigen
☝️ point_up; one; Zeigefinger
👍 +1 thumbsup; yes good like agree; Daumen_hoch ja gut
👎 -1 thumbsdown; no bad dislike; Daumen_runter nein schlecht
✊ fist_raised fist; power; Faust
👊 punch facepunch; fist bump; Faustschlag
👏 clap; applause bravo; Applaus klatschen
🙌 raised_hands; hooray celebrate; Hurra Hände_hoch
🫶 heart_hands; love; Herzhände Liebe
👐 open_hands; ; offene_Hände
🤲 palms_up_together; ; Handflächen
🤝 handshake; deal agree; Handschlag abgemacht
🙏 pray; please thanks; bitte danke beten
✍️ writing_hand; write note; schreiben
💅 nail_care; sassy; Nagellack
🤳 selfie; photo; Selfie
💪 muscle; strong flex; stark Muskel
👀 eyes; look see watching; Augen schauen
👁️ eye; see; Auge
🧠 brain; clever think; Gehirn
👅 tongue; ; Zunge
👄 lips; mouth kiss; Lippen
👶 baby; child; Baby
🧒 child; kid; Kind
👩 woman; ; Frau
👨 man; ; Mann
🧓 older_adult; old; älterer_Mensch
🙋 raising_hand; question me; meldet_sich ich
🙆 ok_person; ; alles_gut
🙅 no_good; stop; nein Stopp
🤷 shrug person_shrugging; dunno whatever; Schulterzucken keine_Ahnung
🤦 facepalm; doh; Hand_vor_Kopf
🙇 bow; sorry thanks; verbeugen Entschuldigung
💁 tipping_hand_person; info; Auskunft
🧑‍💻 technologist coder; developer computer; am_Computer Entwickler
🧑‍🏫 teacher; school; Lehrkraft
🧑‍🍳 cook; chef; Koch
🧑‍🚀 astronaut; space; Raumfahrer
🧑‍🔬 scientist; lab; Forscher
🕵️ detective; spy; Detektiv
🦸 superhero; hero; Superheld
🧙 mage wizard; magic; Zauberer
🧟 zombie; undead; Zombie
🏃 runner running; run hurry; rennen eilig
🚶 walking; go; gehen
💃 dancer; dance party; tanzen
🕺 man_dancing; dance party; Tänzer
👯 dancers; party; Tanzpaar
🧘 lotus_position; yoga calm; Yoga
👫 couple; ; Paar
👪 family; ; Familie
🗣️ speaking_head; talk; sprechen
👥 busts_in_silhouette; people users; Leute`,
  nature: `
🐶 dog; pet; Hund
🐱 cat; pet; Katze
🐭 mouse; ; Maus
🐹 hamster; pet; Hamster
🐰 rabbit; bunny; Hase Kaninchen
🦊 fox_face fox; ; Fuchs
🐻 bear; ; Bär
🐼 panda_face; ; Panda
🐨 koala; ; Koala
🐯 tiger; ; Tiger
🦁 lion; ; Löwe
🐮 cow; ; Kuh
🐷 pig; ; Schwein
🐸 frog; ; Frosch
🐵 monkey_face; ; Affe
🐔 chicken; ; Huhn
🐧 penguin; linux; Pinguin
🐦 bird; ; Vogel
🐤 baby_chick; ; Küken
🦆 duck; rubber; Ente
🦉 owl; wise; Eule
🐺 wolf; ; Wolf
🐴 horse; ; Pferd
🦄 unicorn; magic; Einhorn
🐝 bee honeybee; ; Biene
🐛 bug; insect caterpillar; Raupe Fehler
🦋 butterfly; ; Schmetterling
🐌 snail; slow; Schnecke langsam
🐞 lady_beetle; ; Marienkäfer
🐜 ant; ; Ameise
🕷️ spider; ; Spinne
🐢 turtle; slow; Schildkröte
🐍 snake; python; Schlange
🦖 t_rex; dinosaur; Dinosaurier
🐙 octopus; ; Krake
🦀 crab; rust; Krebs
🐠 tropical_fish fish; ; Fisch
🐬 dolphin; ; Delfin
🐳 whale; docker; Wal
🦈 shark; ; Hai
🐘 elephant; ; Elefant
🦒 giraffe; ; Giraffe
🐑 sheep; ; Schaf
🐐 goat; best; Ziege
🦔 hedgehog; ; Igel
🐾 feet paw_prints; ; Pfoten
💐 bouquet; flowers thanks; Blumenstrauß
🌸 cherry_blossom; flower spring; Kirschblüte
🌹 rose; flower love; Rose
🌻 sunflower; ; Sonnenblume
🌷 tulip; flower; Tulpe
🌱 seedling; plant grow; Keimling Pflanze
🌲 evergreen_tree; forest; Nadelbaum
🌳 deciduous_tree; ; Laubbaum
🌴 palm_tree; holiday; Palme Urlaub
🌵 cactus; ; Kaktus
🍀 four_leaf_clover; luck; Kleeblatt Glück
🍁 maple_leaf; autumn; Ahornblatt
🍂 fallen_leaf; autumn; Herbstlaub
🍄 mushroom; ; Pilz
🌍 earth_africa earth; world globe; Erde Welt
🌙 crescent_moon moon; night; Mond Nacht
☀️ sunny sun; weather; Sonne
🌤️ partly_sunny; weather; heiter
☁️ cloud; weather; Wolke
🌧️ cloud_with_rain rain; weather; Regen
⛈️ thunderstorm; weather; Gewitter
⚡ zap; lightning fast; Blitz schnell
❄️ snowflake; cold winter; Schneeflocke Winter
⛄ snowman; winter; Schneemann
🌈 rainbow; pride; Regenbogen
🔥 fire; hot lit; Feuer heiß
💧 droplet; water; Tropfen
🌊 ocean; wave water; Welle Meer
⭐ star; ; Stern
🌟 star2; glow; leuchtender_Stern
✨ sparkles; new shiny magic; Funkeln neu
💫 dizzy; star; Sternschnuppe`,
  food: `
🍎 apple; fruit; Apfel
🍐 pear; fruit; Birne
🍊 tangerine orange; fruit; Mandarine Orange
🍋 lemon; sour; Zitrone
🍌 banana; fruit; Banane
🍉 watermelon; fruit; Wassermelone
🍇 grapes; fruit wine; Trauben
🍓 strawberry; fruit; Erdbeere
🫐 blueberries; fruit; Blaubeeren
🍒 cherries; fruit; Kirschen
🍑 peach; fruit; Pfirsich
🥭 mango; fruit; Mango
🍍 pineapple; fruit; Ananas
🥥 coconut; ; Kokosnuss
🥝 kiwi_fruit; ; Kiwi
🍅 tomato; ; Tomate
🥑 avocado; ; Avocado
🥦 broccoli; ; Brokkoli
🥕 carrot; ; Karotte
🌽 corn; ; Mais
🌶️ hot_pepper; spicy; Chili scharf
🥔 potato; ; Kartoffel
🍞 bread; ; Brot
🥐 croissant; breakfast; Croissant Frühstück
🥨 pretzel; ; Brezel
🧀 cheese; ; Käse
🥚 egg; ; Ei
🍳 fried_egg; breakfast; Spiegelei
🥞 pancakes; breakfast; Pfannkuchen
🥓 bacon; ; Speck
🍔 hamburger burger; ; Hamburger
🍟 fries; ; Pommes
🍕 pizza; ; Pizza
🌭 hotdog; ; Hotdog
🥪 sandwich; ; Sandwich
🌮 taco; ; Taco
🥗 green_salad salad; ; Salat
🍝 spaghetti; pasta; Spaghetti Nudeln
🍜 ramen; noodles soup; Nudelsuppe
🍲 stew; soup; Eintopf Suppe
🍣 sushi; ; Sushi
🍚 rice; ; Reis
🍿 popcorn; cinema; Popcorn
🍦 icecream; ; Softeis
🍨 ice_cream; ; Eis
🍩 doughnut donut; ; Donut
🍪 cookie; ; Keks
🎂 birthday; cake; Geburtstag Torte
🍰 cake; ; Kuchen
🧁 cupcake; ; Törtchen
🍫 chocolate_bar chocolate; ; Schokolade
🍬 candy; sweet; Bonbon
🍯 honey_pot; ; Honig
☕ coffee; break; Kaffee Pause
🍵 tea; ; Tee
🥛 milk_glass; ; Milch
🧃 juice; ; Saft
🥤 cup_with_straw; ; Becher
🍺 beer; ; Bier
🍻 beers; cheers; Prost Bier
🥂 clinking_glasses; cheers; Anstoßen Prost
🍷 wine_glass wine; ; Wein
🍸 cocktail; ; Cocktail
🍾 champagne; celebrate; Sekt feiern
🍴 fork_and_knife; lunch eat; Besteck Essen
🥄 spoon; ; Löffel`,
  activity: `
🎉 tada; party hooray congratulations; Konfetti feiern Glückwunsch
🎊 confetti_ball; party; Konfettiball
🎈 balloon; party; Luftballon
🎁 gift; present; Geschenk
🎀 ribbon; ; Schleife
🎄 christmas_tree; xmas; Weihnachtsbaum
🎃 jack_o_lantern; halloween; Kürbis
🎆 fireworks; new year; Feuerwerk
🏆 trophy; win; Pokal Sieg
🏅 medal_sports; win; Medaille
🥇 1st_place_medal gold; first win; Gold erster
🥈 2nd_place_medal silver; second; Silber zweiter
🥉 3rd_place_medal bronze; third; Bronze dritter
⚽ soccer; football; Fußball
🏀 basketball; ; Basketball
🏈 football; ; American_Football
🎾 tennis; ; Tennis
🏐 volleyball; ; Volleyball
🏓 ping_pong; table tennis; Tischtennis
🎱 8ball; pool; Billard
🎯 dart; target exactly; Volltreffer Ziel
🎮 video_game; play; Videospiel
🎲 game_die; dice luck; Würfel
♟️ chess_pawn chess; ; Schach
🧩 jigsaw; puzzle; Puzzle
🎨 art; paint design; Malerei Kunst
🎭 performing_arts; theatre; Theater
🎬 clapper; film; Filmklappe
🎤 microphone; sing; Mikrofon singen
🎧 headphones; music; Kopfhörer
🎵 musical_note music; song; Note Musik
🎶 notes; music; Noten Musik
🎸 guitar; music; Gitarre
🎹 musical_keyboard piano; ; Klavier
🥁 drum; ; Trommel
🎻 violin; ; Geige
🚴 bicyclist; bike; Radfahren
🏊 swimmer; swim; Schwimmen
⛷️ skier; ski; Skifahren
🏕️ camping; tent; Camping Zelt`,
  travel: `
🚗 car; drive; Auto
🚕 taxi; ; Taxi
🚌 bus; ; Bus
🚑 ambulance; help; Krankenwagen
🚒 fire_engine; ; Feuerwehr
🚚 truck; delivery; Lastwagen Lieferung
🚜 tractor; ; Traktor
🏍️ motorcycle; ; Motorrad
🚲 bike; bicycle; Fahrrad
🛴 kick_scooter; ; Roller
🚆 train2 train; ; Zug
🚄 bullettrain_side; fast; Schnellzug
✈️ airplane; flight travel; Flugzeug
🚁 helicopter; ; Hubschrauber
🚀 rocket; launch ship fast; Rakete Start
🛸 flying_saucer ufo; ; Ufo
⛵ sailboat; ; Segelboot
🚢 ship; ; Schiff
⚓ anchor; ; Anker
🚧 construction; wip; Baustelle
🚦 vertical_traffic_light; ; Ampel
🗺️ world_map map; ; Karte
🗽 statue_of_liberty; ; Freiheitsstatue
🏔️ mountain_snow; ; Berg
🏖️ beach_umbrella beach; holiday; Strand Urlaub
🏝️ desert_island; ; Insel
🏠 house home; ; Haus Zuhause
🏢 office; work; Büro
🏥 hospital; ; Krankenhaus
🏫 school; ; Schule
🏰 european_castle castle; ; Burg
⛪ church; ; Kirche
🕌 mosque; ; Moschee
🕍 synagogue; ; Synagoge
⛺ tent; ; Zelt
🌅 sunrise; morning; Sonnenaufgang Morgen
🌃 night_with_stars; ; Nacht
🧳 luggage; travel; Koffer`,
  objects: `
⌚ watch; time; Armbanduhr
📱 iphone mobile; phone; Handy
💻 computer laptop; ; Laptop
⌨️ keyboard; ; Tastatur
🖥️ desktop_computer; screen; Bildschirm
🖨️ printer; ; Drucker
🖱️ computer_mouse; ; Computermaus
💾 floppy_disk; save; Diskette speichern
💿 cd; ; CD
📷 camera; photo; Kamera Foto
🎥 movie_camera; film; Filmkamera
📞 telephone_receiver phone; call; Telefon Anruf
📺 tv; ; Fernseher
📻 radio; ; Radio
⏰ alarm_clock; time; Wecker
⏳ hourglass_flowing_sand hourglass; wait; Sanduhr warten
🔋 battery; ; Batterie
🔌 electric_plug; ; Stecker
💡 bulb; idea light; Idee Glühbirne
🔦 flashlight; ; Taschenlampe
🕯️ candle; ; Kerze
💸 money_with_wings; spend; Geld_weg
💵 dollar; money; Geldschein
💰 moneybag; ; Geldsack
💳 credit_card; pay; Kreditkarte
💎 gem; diamond ruby; Edelstein
⚖️ balance_scale; law; Waage
🔧 wrench; fix tool; Schraubenschlüssel reparieren
🔨 hammer; tool build; Hammer
🛠️ hammer_and_wrench; tools; Werkzeug
⚙️ gear; settings; Zahnrad Einstellungen
🔩 nut_and_bolt; ; Schraube
🧱 bricks; ; Ziegel
🔗 link; url chain; Link Kette
🧲 magnet; ; Magnet
🧪 test_tube; test experiment; Reagenzglas Test
🔬 microscope; science; Mikroskop
🔭 telescope; ; Teleskop
💉 syringe; vaccine; Spritze
💊 pill; medicine; Tablette
🩹 adhesive_bandage; fix; Pflaster
🚪 door; ; Tür
🛏️ bed; sleep; Bett
🛋️ couch_and_lamp; ; Sofa
🚽 toilet; ; Toilette
🚿 shower; ; Dusche
🧹 broom; clean; Besen aufräumen
🧻 roll_of_paper; ; Klopapier
🧼 soap; clean; Seife
🛒 shopping_cart; buy; Einkaufswagen
📦 package; box ship; Paket
📫 mailbox; post; Briefkasten
✉️ envelope email; mail; Brief E-Mail
📝 memo pencil; note write; Notiz schreiben
📄 page_facing_up; document; Dokument
📅 date calendar; ; Kalender Datum
📈 chart_with_upwards_trend; up growth; steigt Kurve
📉 chart_with_downwards_trend; down; fällt Kurve
📊 bar_chart; statistics; Diagramm
📋 clipboard; list; Klemmbrett Liste
📌 pushpin; pin; Stecknadel
📍 round_pushpin; place; Ort
📎 paperclip; attach; Büroklammer
📏 straight_ruler; measure; Lineal
✂️ scissors; cut; Schere
🗑️ wastebasket; delete trash; Papierkorb
🔒 lock; private secure; Schloss zu
🔓 unlock; open; Schloss_offen
🔑 key; ; Schlüssel
🛡️ shield; security; Schild Schutz
💣 bomb; ; Bombe
📖 book open_book; read; Buch lesen
📚 books; read; Bücher
🔖 bookmark; ; Lesezeichen
🏷️ label; tag; Etikett
📰 newspaper; news; Zeitung
🔍 mag; search find; Lupe suchen
🔔 bell; notification; Glocke
🔕 no_bell; mute; stumm
📢 loudspeaker; announcement; Lautsprecher Ankündigung
📣 mega; announcement; Megafon
👑 crown; king queen; Krone
👓 eyeglasses; ; Brille
👕 shirt tshirt; ; T-Shirt
👟 athletic_shoe; ; Turnschuh
🎒 school_satchel; ; Rucksack
☂️ open_umbrella; rain; Regenschirm
💍 ring; wedding; Ring
🎩 tophat; ; Zylinder`,
  symbols: `
❤️ heart; love red; Herz Liebe
🧡 orange_heart; love; oranges_Herz
💛 yellow_heart; love; gelbes_Herz
💚 green_heart; love; grünes_Herz
💙 blue_heart; love; blaues_Herz
💜 purple_heart; love; lila_Herz
🖤 black_heart; ; schwarzes_Herz
🤍 white_heart; ; weißes_Herz
🤎 brown_heart; ; braunes_Herz
💔 broken_heart; sad; gebrochenes_Herz
❤️‍🔥 heart_on_fire; love; brennendes_Herz
💕 two_hearts; love; zwei_Herzen
💖 sparkling_heart; love; funkelndes_Herz
💗 heartpulse; love; wachsendes_Herz
💘 cupid; love; Amor
💯 100; perfect score; hundert volle_Punktzahl
💢 anger; ; Ärger
💥 boom collision; explosion; Knall
💦 sweat_drops; water; Schweißtropfen
💨 dash; fast wind; Tempo Wind
💬 speech_balloon; chat comment; Sprechblase
💭 thought_balloon; think; Gedankenblase
💤 zzz; sleep; Schlaf
✅ white_check_mark check; done yes ok; erledigt ja Haken
☑️ ballot_box_with_check; done; Kästchen_Haken
✔️ heavy_check_mark; done; Haken
❌ x; no wrong; falsch nein
❎ negative_squared_cross_mark; no; Kreuz
➕ heavy_plus_sign plus; add; plus
➖ heavy_minus_sign minus; ; minus
❓ question; what; Frage
❔ grey_question; ; graue_Frage
❗ exclamation; important; Ausrufezeichen wichtig
‼️ bangbang; important; doppeltes_Ausrufezeichen
⚠️ warning; caution; Warnung Achtung
🚫 no_entry_sign; forbidden; verboten
⛔ no_entry; stop; Einfahrt_verboten
🛑 stop_sign; halt; Stoppschild
♻️ recycle; ; Recycling
🆗 ok; ; OK-Zeichen
🆕 new; ; Neu-Zeichen
🆘 sos; help; SOS Hilfe
🔴 red_circle; ; roter_Kreis
🟠 orange_circle; ; oranger_Kreis
🟡 yellow_circle; ; gelber_Kreis
🟢 green_circle; ; grüner_Kreis
🔵 large_blue_circle blue_circle; ; blauer_Kreis
🟣 purple_circle; ; lila_Kreis
⚫ black_circle; ; schwarzer_Kreis
⚪ white_circle; ; weißer_Kreis
⬆️ arrow_up; ; Pfeil_hoch
⬇️ arrow_down; ; Pfeil_runter
⬅️ arrow_left; back; Pfeil_links
➡️ arrow_right; next; Pfeil_rechts
🔄 arrows_counterclockwise; refresh sync; neu_laden
🔁 repeat; again; wiederholen
🔙 back; ; zurück
🔜 soon; ; bald
⏩ fast_forward; ; vorspulen
▶️ arrow_forward; play; abspielen
⏸️ pause_button pause; ; Pause-Zeichen
♾️ infinity; forever; unendlich
©️ copyright; ; Copyright
™️ tm; trademark; Marke
🏁 checkered_flag; finish; Zielflagge
🚩 triangular_flag_on_post; red flag; rote_Fahne
🏳️ white_flag; surrender; weiße_Fahne
🏳️‍🌈 rainbow_flag; pride; Regenbogenfahne
🏴‍☠️ pirate_flag; ; Piratenflagge
🇪🇺 eu; europe; Europa
🇩🇪 de; germany; Deutschland
🇦🇹 austria; ; Österreich
🇨🇭 switzerland; ; Schweiz
🇬🇧 gb uk; britain; Großbritannien
🇺🇸 us; usa america; USA
🇫🇷 fr; france; Frankreich
🇮🇹 it; italy; Italien
🇪🇸 es; spain; Spanien
🇵🇱 poland; ; Polen
🇺🇦 ukraine; ; Ukraine
🇳🇱 netherlands; ; Niederlande
🇯🇵 jp; japan; Japan
🇨🇳 cn; china; China
🇮🇳 india; ; Indien
🇧🇷 brazil; ; Brasilien`,
};

/** @typedef {keyof typeof LINES} Group */

/** In the order in which they are shown. @type {[Group, Emoji[]][]} */
export const groups = /** @type {[Group, string][]} */ (Object.entries(LINES))
  .map(([group, lines]) => [group, lines.trim().split("\n").map(entry)]);

/** All of them. @type {Emoji[]} */
export const all = groups.flatMap(([, emoji]) => emoji);

/** @param {string} line @returns {Emoji} */
function entry(line) {
  const [first, english, german] = line.split(";").map(part => part.trim().split(" ").filter(Boolean));
  const [emoji, ...codes] = first;
  return { emoji, code: codes[0], codes, english, german: german.map(word => word.replaceAll("_", " ")) };
}
