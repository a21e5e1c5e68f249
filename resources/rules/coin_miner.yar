rule Miner_Program
{
    meta:
        severity = "suspicious"
        category = "coin-miner"
        description = "A program that mines digital currency with the computer it runs on"
        guidance = "coin-miner"
        reference = "https://attack.mitre.org/techniques/T1496/001/"
        attack = "T1496.001"
    strings:
        $pool = /stratum\+(tcp|ssl|tls)/
        $donate = /(donate-level|donate\.v2\.xmrig|dev-donate|nicehash)/ nocase
        $algorithm = /(\brandomx\b|\brx\/0\b|cryptonight|\bethash\b|\bkawpow\b|\bargon2\/chukwa|cn-heavy)/ nocase
        $speed = /(\bhashrate\b| k?H\/s\b|accepted \(|mining\.(subscribe|authorize|submit))/
    condition:
        (uint16be(0) == 0x4D5A or uint32be(0) == 0x7F454C46 or uint32(0) == 0xFEEDFACF) and filesize < 64MB and all of them
}

rule Miner_Settings
{
    meta:
        severity = "suspicious"
        category = "coin-miner"
        description = "Settings of a program that mines digital currency for somebody"
        guidance = "coin-miner"
        reference = "https://attack.mitre.org/techniques/T1496/001/"
        attack = "T1496.001"
    strings:
        $pools = /"pools"\s{0,8}:\s{0,8}\[/
        $user = /"user"\s{0,8}:\s{0,8}"[A-Za-z0-9.+_-]{20,160}"/
        $donate = /"donate-level"\s{0,8}:/
        $kind = /"(randomx|algo|coin|rig-id|cpu|keepalive|nicehash)"\s{0,8}:/
        $url = /"url"\s{0,8}:\s{0,8}"[^"\r\n]{4,120}:[0-9]{2,5}"/
    condition:
        filesize < 256KB and all of them
}

rule Miner_Installed_By_Script
{
    meta:
        severity = "malicious"
        category = "coin-miner"
        description = "A script that fetches a miner of digital currency, hides it and starts it"
        guidance = "coin-miner"
        reference = "https://attack.mitre.org/techniques/T1496/001/"
        attack = "T1496.001"
    strings:
        $miner = /(\bxmrig\b|\bxmr-stak|\bcpuminer\b|\bminerd\b|stratum\+(tcp|ssl):\/\/|(pool\.(minexmr|supportxmr|hashvault)|xmr\.pool|moneroocean\.stream|nanopool\.org|\bc3pool)\b|--coin[ =](monero|xmr|ravencoin|rvn)\b|\bk(insing|devtmpfsi)\b|\b-o\s{1,4}\S{1,60}:[0-9]{2,5}\s{1,4}-u\s{1,4}4[0-9AB]\w)/ nocase
        $account = /(-o|--url|-u|--user)[ =][^\s-]\S{7}/
        $fetch = /\b(wget|curl|Invoke-WebRequest|iwr|DownloadFile|certutil|bitsadmin)\b/ nocase
        $hide = /(\bcrontab\b|\/etc\/cron|systemctl\s{1,4}enable|\bnohup\b|\bschtasks\b|pkill\s{1,4}-|\bkillall\b|chattr\s{1,4}[+-]i|>\s{0,2}\/dev\/null\s{1,4}2>&1\s{0,4}&|-w(indowstyle)?\s{1,4}hidden|\battrib\s{1,4}\+h|HISTFILE|\/dev\/shm\/|\/var\/tmp\/\.|\/tmp\/\.)/ nocase
    condition:
        filesize < 256KB and uint32be(0) != 0x7F454C46 and uint16be(0) != 0x4D5A and all of them
}

rule Miner_In_Web_Page
{
    meta:
        severity = "suspicious"
        category = "coin-miner"
        description = "A web page that mines digital currency in your browser"
        guidance = "coin-miner"
        reference = "https://attack.mitre.org/techniques/T1496/001/"
        attack = "T1496.001"
    strings:
        $start = /new\s{1,4}(CoinHive|CryptoLoot|Coinhave|deepMiner|CoinImp|Client)\.(Anonymous|User|Init)\s{0,4}\(/
        $script = /<script[^<>]{0,200}src\s{0,4}=\s{0,4}["'][^"'<>]{0,200}(coinhive(\.min)?\.js|crypto-?loot|deepMiner\.js|webminepool|coinimp|minero\.cc|cryptonight\.(js|wasm))/ nocase
        $run = /\.start\s{0,4}\(/
    condition:
        filesize < 8MB and ($script or ($start and $run))
}
