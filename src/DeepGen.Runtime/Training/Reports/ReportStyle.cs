namespace DeepGen.Reports;

/// <summary>The style sheet: two colours that people who see colours differently can tell apart, by day and by night.</summary>
internal static class ReportStyle
{
    public const string Sheet = """
        :root { color-scheme: light dark;
          --page: #f6f7f9; --card: #fff; --text: #1b2330; --soft: #5b6677; --rule: #e3e7ed; --cell: #f0f2f6;
          --first: #2563c9; --second: #d9730d; --bad: #c2362b; --over: #fff; }
        @media (prefers-color-scheme: dark) { :root {
          --page: #11151c; --card: #1a2029; --text: #e6eaf0; --soft: #98a3b3; --rule: #2c3542; --cell: #222a35;
          --first: #6ea8fe; --second: #ffab5e; --bad: #ff7a70; --over: #0d1420; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
        main { max-width: 1180px; margin: 0 auto; padding: 36px 24px 60px; }
        h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -.01em; }
        h2 { font-size: 19px; margin: 40px 0 12px; }
        p { margin: 0 0 12px; color: var(--soft); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 24px 0 0; }
        .tile, figure, .box { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
        .tile { padding: 12px 16px; }
        .tile b { display: block; font-size: 25px; font-weight: 650; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
        .tile span { color: var(--soft); font-size: 13px; }
        .curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); gap: 16px; align-items: start; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 16px; align-items: start; }
        figure { margin: 0; padding: 14px 16px 12px; }
        figcaption { font-weight: 600; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 4px 16px; margin-bottom: 8px; }
        .legend { font-weight: 400; font-size: 13px; color: var(--soft); display: flex; gap: 14px; }
        .key::before { content: ""; display: inline-block; width: 14px; height: 3px; border-radius: 2px; margin: 0 6px 3px 0; background: currentColor; }
        .key.first::before { background: var(--first); } .key.second::before { background: var(--second); }
        svg { display: block; width: 100%; height: auto; font: 12px system-ui, "Segoe UI", Roboto, sans-serif; }
        .grid { stroke: var(--rule); } .axis { stroke: var(--soft); stroke-opacity: .6; }
        .tick { fill: var(--soft); }
        .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .line.first, .line.steps { stroke: var(--first); } .line.second { stroke: var(--second); }
        .line.steps { stroke-width: 1; stroke-opacity: .4; }
        .dot.first { fill: var(--first); } .dot.second { fill: var(--second); }
        .dot { stroke: var(--card); stroke-width: 1; }
        .cell { fill: var(--cell); } .right { fill: var(--first); } .wrong { fill: var(--second); }
        .count { fill: var(--text); text-anchor: middle; pointer-events: none; font-variant-numeric: tabular-nums; } .count.over { fill: var(--over); }
        .gap { fill: var(--second); fill-opacity: .25; stroke: var(--second); }
        .muted { fill: var(--soft); fill-opacity: .55; }
        .diagonal { stroke: var(--soft); stroke-dasharray: 4 4; }
        .point { fill: var(--first); fill-opacity: .45; }
        .gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(126px, 1fr)); gap: 12px; }
        .mistake { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 10px; font-size: 13px; line-height: 1.35; }
        .mistake img { display: block; width: 100%; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated; background: #000; border-radius: 6px; margin-bottom: 8px; }
        small, .none { color: var(--soft); font-size: 12px; } .bad { color: var(--bad); }
        .box { overflow-x: auto; padding: 6px 16px; }
        pre { margin: 8px 0; font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
        table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
        th { text-align: left; color: var(--soft); font-weight: 500; }
        th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
        tr:last-child td { border-bottom: 0; }
        @media print { body { background: #fff; } figure, .tile, .mistake { break-inside: avoid; } }
        """;
}
