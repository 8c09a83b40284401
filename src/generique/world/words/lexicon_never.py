"""Words that are known and refused, each with the reason.

When ``world`` learns to show one of these, its row moves to the table that sets a field; its
French row keeps its name.
"""

from __future__ import annotations

from generique.world.words.lexicon_entry import Entry, Role

NEVER = (
    Entry(Role.NEVER, "people | person | man | woman | men | women | child | children | pedestrian"
          " | crowd | face | faces | figure | humans | family | walker",
          note="world shows no people"),
    Entry(Role.NEVER, "animal | dog | cat | lion | deer | wolf | fox | horse | finch | cow | cattle"
          " | sheep", note="world shows no animals"),
    Entry(Role.NEVER, "sailing boat | sailing ship | ferry | yacht | ship | steamer | ships",
          note="world shows moored boats and a container ship only"),
    Entry(Role.NEVER, "kitchen | bathroom | staircase | office | hall",
          note="world's interiors are corridors, a living room, a bedroom and a hotel room"),
    Entry(Role.NEVER, "park | airport | school | shopping mall | stadium | castle | tower"
          " | cemetery | waterfall | volcano | glacier | fjord | island | jungle | rainforest"
          " | vineyard | orchard | swamp | tunnel | canyon | canyons | gorge",
          note="no family of places of world is or has this"),
    Entry(Role.NEVER, "Germany | German | China | Chinese | Australia | Australian | India | Indian"
          " | Mexico | Mexican | Spain | Spanish | Italy | Italian | Sweden | Swedish | Finland"
          " | Finnish | Switzerland | Swiss | Austria | Austrian | Belgium | Belgian | Ireland"
          " | Irish | Africa | African | Asia | Asian | Europe | European | Nordic | Scandinavian",
          note="world knows Canada, the United States, France, the United Kingdom, Norway, Russia"
          " and Japan"),
    Entry(Role.NEVER, "Paris | London | Berlin | New York | Tokyo | Moscow | Los Angeles | Toronto"
          " | Montreal | Vancouver | Calgary | Ottawa | Edmonton | Winnipeg | Quebec | Halifax"
          " | Ontario | Alberta | Manitoba | British Columbia | Saskatchewan | Oslo | Chicago"
          " | Rockies | Sahara | Brittany | Normandy | Scotland | Siberia | Texas | Arizona"
          " | Provence",
          note="world shows invented places, never a real one"),
    Entry(Role.NEVER, "Milky Way", note="world shows stars, and no band of them"),
    Entry(Role.NEVER, "sleet | hail | tornado | flood | rainbow | ice storm | hurricane"
          " | sandstorm | avalanche", note="world has no such weather"),
    Entry(Role.NEVER, "zoom | zooms | zoom in | zooms in | zooming | zoom out | zooming in"
          " | zooming out | dolly zoom | slow motion | fast motion"
          " | hyperlapse | point of view | POV",
          note="world's moves are static, push-in, pull-back, truck, crane, orbit, pan, tilt and"
          " whip"),
    Entry(Role.NEVER, "close-up | close up | medium close-up | extreme close-up | medium shot"
          " | mid shot"
          " | insert shot | two-shot | over the shoulder | over-the-shoulder shot | reverse shot"
          " | cutaway | portrait | split screen | montage"
          " | cut to | cross-fade | dissolve", note="world makes one wide shot of a place"),
    Entry(Role.NEVER, "text | title | titles | caption | captions | logo | logos | watermark"
          " | writing | lettering", note="world writes no text into its pictures"),
    Entry(Role.NEVER, "fire | explosion | police car | police lights | ambulance | siren | plane"
          " | airplane | aeroplane | helicopter | UFO | bus | truck driving | snowplough"
          " | snow plough | snowplow | fireworks | Christmas lights | flag",
          note="world does not show this"),
)  # fmt: skip

SPOTTED = (
    Entry(Role.NEVER, "longer | shorter | later | start later | starts later | earlier"
          " | start earlier | starts earlier",
          note="when a shot starts and how long it is follow from the music and the voices"),
    Entry(Role.NEVER, "darker | brighter",
          note='say what: another hour ("night", "dusk"), or "darker windows"'),
)  # fmt: skip
